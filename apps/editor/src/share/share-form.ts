import type { PublicMode, PublicSettings } from '../api/public-access-api.ts'

/** The public access of a flow while somebody changes it. */
export interface ShareForm {
  readonly mode: PublicMode
  /** One origin a line. */
  readonly origins: string
  readonly perMinute: number | undefined
  readonly perSession: number | undefined
  readonly perDay: number | undefined
}

export type LimitName = 'perMinute' | 'perSession' | 'perDay'

/** What is wrong, by the field that it stands at. */
export type ShareErrors = Partial<Record<'origins' | LimitName, string>>

export const mostOf: Readonly<Record<LimitName, number>> = {
  perMinute: 10_000,
  perSession: 10_000,
  perDay: 10_000_000,
}

const mostOrigins = 100

export function shareFormOf({ mode, origins, limits }: PublicSettings): ShareForm {
  return { mode, origins: origins.join('\n'), ...limits }
}

/** The settings that a form stands for, or what is wrong with it. */
export function readShareForm(
  form: ShareForm,
): { readonly settings: PublicSettings } | { readonly errors: ShareErrors } {
  const { mode, perMinute, perSession, perDay } = form
  const lines = form.origins.split(/[\s,]+/).filter((line) => line !== '')
  const read = lines.map((line) => ({ line, origin: originOf(line) }))
  const wrong = read.find(({ origin }) => origin === undefined)
  const origins = [...new Set(read.flatMap(({ origin }) => origin ?? []))]
  const errors: ShareErrors = {
    ...(wrong === undefined
      ? {}
      : { origins: `“${wrong.line}” is no origin. Write it like https://www.example.com.` }),
    ...(origins.length > mostOrigins ? { origins: `Give at most ${mostOrigins} origins.` } : {}),
    ...limitError('perMinute', perMinute),
    ...limitError('perSession', perSession),
    ...limitError('perDay', perDay),
  }
  if (Object.keys(errors).length > 0) return { errors }
  return {
    settings: {
      mode,
      origins,
      // Each was judged above.
      limits: { perMinute, perSession, perDay } as PublicSettings['limits'],
    },
  }
}

/** The origin of an address as people copy it, with a path or without a scheme. */
function originOf(line: string): string | undefined {
  const url = URL.parse(/^[a-z]+:/i.test(line) && line.includes('://') ? line : `https://${line}`)
  const isPage = url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
  return isPage && /^[\w.:[\]-]+$/.test(url.host) ? url.origin : undefined
}

function limitError(name: LimitName, value: number | undefined): ShareErrors {
  const most = mostOf[name]
  if (value !== undefined && Number.isInteger(value) && value >= 1 && value <= most) return {}
  return { [name]: `Give a whole number from 1 to ${most.toLocaleString('en')}.` }
}

/** What a page holds to show the widget. */
export function embedCode(server: string, flowId: string, mode: PublicMode): string {
  const signed = mode === 'signed' ? ' data-token="…signed by your back end…"' : ''
  return `<script src="${server}/embed.js" data-flow="${flowId}"${signed} async></script>`
}

/** The address of the hosted chat page. */
export function chatAddress(server: string, flowId: string): string {
  return `${server}/chat/${encodeURIComponent(flowId)}`
}
