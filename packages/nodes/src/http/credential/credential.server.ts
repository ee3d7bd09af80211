import type { Connection, Services } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import { textField } from '../../text-field.server.ts'
import { accessTokensOf } from './access-tokens.server.ts'
import { basic } from './basic.ts'

/** What a connection adds to requests to its own origin. */
export interface Credential {
  /** Where it may be sent. */
  readonly origin: string
  /** By names in lower case; secrets in clear. Throws when it cannot be had. */
  headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>>
  /** Another one in the place of headers that were refused; absent where there is no other. */
  renew?(
    refused: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, string>>>
}

/** The credential of an `http` connection; `undefined` when it has none. */
export function credentialOf(connection: Connection, services: Services): Credential | undefined {
  const field = (key: string) => textField(connection, key)
  const { origin } = new URL(baseUrlOf(connection))
  const fixed = (name: string, value: string): Credential => {
    expectSendable(connection, name, value)
    return { origin, headers: () => Promise.resolve({ [name.toLowerCase()]: value }) }
  }
  const token = field('token')
  if (token !== undefined) return fixed('authorization', `Bearer ${token}`)
  const user = field('user')
  if (user !== undefined) {
    return fixed('authorization', basic(user, field('password') ?? ''))
  }
  const headerName = field('headerName')
  if (headerName !== undefined) return fixed(headerName, field('headerValue') ?? '')
  if (field('tokenUrl') === undefined) return undefined
  const tokens = accessTokensOf(services)
  return {
    origin,
    headers: async (signal) => bearer(await tokens.get(connection, signal)),
    renew: async ({ authorization = '' }, signal) => {
      tokens.forget(connection, authorization.replace(/^Bearer /, ''))
      return bearer(await tokens.get(connection, signal))
    },
  }
}

/** Where an `http` connection leads. Throws `input_invalid` for what is no web address. */
export function baseUrlOf(connection: Connection): string {
  const text = textField(connection, 'baseUrl') ?? ''
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text
  throw new FlowError(
    'input_invalid',
    `The base URL of "${connection.name}" is no web address. Write one that begins with http:// or https://.`,
    { property: 'connection', details: { reason: 'no_address' } },
  )
}

function bearer(token: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token}` }
}

/** [H3] The secret itself is not told. */
function expectSendable(connection: Connection, name: string, value: string): void {
  const isSendable =
    /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\u0020-\u007E\u0080-\u00FF]*$/.test(value)
  if (isSendable) return
  throw new FlowError(
    'provider_unauthorized',
    `The credential of "${connection.name}" holds characters that cannot be sent, such as a line break or "…". Enter it again.`,
    { property: 'connection' },
  )
}
