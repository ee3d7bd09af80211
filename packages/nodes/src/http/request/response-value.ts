import { exceedsDepth, FlowError, maxDepth, type JsonValue } from '@millrace/flow'

interface ResponseBody {
  /** Who answered, for errors. */
  readonly host: string
  readonly status: number
  readonly contentType: string
  readonly body: Buffer
  readonly as: 'automatic' | 'json' | 'text' | 'bytes'
}

/** [H8] The body of an answer as a value of the flow; null when it is empty. */
export function responseValue(answer: ResponseBody): JsonValue {
  const { contentType, body, as } = answer
  if (body.length === 0) return null
  const [, type = ''] = /^\s*([^\s;]+)/.exec(contentType.toLowerCase()) ?? []
  const form = as === 'automatic' ? formOf(type) : as
  if (form === 'bytes') return body.toString('base64')
  const text = decoderFor(contentType).decode(body)
  return form === 'json' ? readJson(text, answer) : text
}

function formOf(type: string): 'json' | 'text' | 'bytes' {
  if (/^(?:application|text)\/(?:[\w.-]+\+)?json$/.test(type)) return 'json'
  const isText =
    /^text\/|^application\/(?:[\w.-]+\+)?(?:xml|javascript|yaml|x-www-form-urlencoded)$/
  return isText.test(type) ? 'text' : 'bytes'
}

/** By the charset that the server names, if there is such a one; else UTF-8. */
function decoderFor(contentType: string) {
  const [, charset = 'utf-8'] = /;\s*charset="?([^";\s]+)/i.exec(contentType) ?? []
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}

/** What a server that failed says is told as it is, even when it is not what it claims to be. */
function readJson(text: string, { status, host }: ResponseBody): JsonValue {
  const isSuccess = status >= 200 && status < 300
  const value = parsed(text)
  if (value === undefined) {
    if (!isSuccess) return text
    throw new FlowError(
      'upstream_protocol',
      `"${host}" answered with JSON that cannot be read as JSON. Set "Response type" to Text to see what it is.`,
      { property: 'responseType', details: { host } },
    )
  }
  if (!exceedsDepth(value, maxDepth)) return value
  throw new FlowError(
    'limit_exceeded',
    `The answer of "${host}" nests deeper than ${maxDepth} levels. Read it as text.`,
    { property: 'responseType', details: { limit: 'depth', max: maxDepth } },
  )
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue // JSON, whatever it is
  } catch {
    return undefined
  }
}
