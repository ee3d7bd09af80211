import type { Connection, Services } from '@millrace/engine'
import { FlowError, isRecord } from '@millrace/flow'
import { textField } from '../../text-field.server.ts'
import { dispatcherOf } from '../dispatcher.server.ts'
import { exchange, type Answer } from '../request/exchange.server.ts'
import { basic } from './basic.ts'

/** How long fetching a token may take, in milliseconds. */
const fetchMs = 30_000
/** A token that runs out within so many milliseconds is not sent any more. */
const marginMs = 30_000
/** How long a token counts whose server does not say. */
const unsaidMs = 60 * 60 * 1000
const maxAnswerBytes = 256 * 1024

interface AccessToken {
  readonly text: string
  /** Epoch milliseconds. */
  readonly until: number
}

/** The access tokens that all runs of these services share. */
export function accessTokensOf(services: Services): AccessTokens {
  return services.share(
    'http.accessTokens',
    () => new AccessTokens(services),
    () => undefined,
  )
}

/** [H9] Fetches tokens by client credentials, keeps each until it runs out, and fetches none twice. */
class AccessTokens {
  readonly #services: Services
  // By the connection as it was opened: one that was changed is opened anew.
  readonly #held = new WeakMap<Connection, AccessToken>()
  readonly #fetching = new WeakMap<Connection, Promise<AccessToken>>()

  constructor(services: Services) {
    this.#services = services
  }

  /** A token that counts. Others may wait for the same one, so the signal ends only this wait. */
  async get(connection: Connection, signal: AbortSignal): Promise<string> {
    const held = this.#held.get(connection)
    if (held !== undefined && held.until > this.#services.now()) return held.text
    const fetching = this.#fetching.get(connection) ?? this.#fetch(connection)
    return (await untilAborted(fetching, signal)).text
  }

  /** A server refused this token: the next call fetches another one. */
  forget(connection: Connection, refused: string): void {
    if (this.#held.get(connection)?.text === refused) this.#held.delete(connection)
  }

  #fetch(connection: Connection): Promise<AccessToken> {
    const fetching = fetchToken(connection, this.#services)
    this.#fetching.set(connection, fetching)
    fetching
      .then((token) => this.#held.set(connection, token))
      // Whoever waits is told; perhaps nobody does any more.
      .catch(() => undefined)
      .finally(() => this.#fetching.delete(connection))
    return fetching
  }
}

async function untilAborted<T>(wait: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  const { promise, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason as Error) // whatever it was aborted with
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([wait, promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

async function fetchToken(connection: Connection, services: Services): Promise<AccessToken> {
  const field = (key: string) => textField(connection, key) ?? ''
  const url = URL.parse(field('tokenUrl'))
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new FlowError(
      'input_invalid',
      `The token URL of "${connection.name}" is no web address. Write one that begins with https://.`,
      { property: 'connection', details: { reason: 'no_address' } },
    )
  }
  const scope = field('scope')
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(scope === '' ? {} : { scope }),
  })
  const answer = await exchange(
    {
      method: 'POST',
      url,
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        // Its parts are encoded as in a form: RFC 6749, 2.3.1.
        authorization: basic(
          encodeURIComponent(field('clientId')),
          encodeURIComponent(field('clientSecret')),
        ),
      },
      body: new TextEncoder().encode(form.toString()),
    },
    {
      dispatcher: dispatcherOf(services),
      signal: AbortSignal.timeout(fetchMs),
      maxBytes: maxAnswerBytes,
      now: services.now,
      property: 'connection',
      onEnd: () => undefined,
    },
  ).catch((error: unknown) => {
    throw tokenUnreachable(error, connection)
  })
  return readToken(answer, connection, services.now())
}

function tokenUnreachable(error: unknown, connection: Connection): unknown {
  if (error instanceof FlowError) {
    return new FlowError(error.code, `No token for "${connection.name}": ${error.message}`, {
      ...error.toShape(),
      property: 'connection',
      cause: error,
    })
  }
  return new FlowError(
    'timeout',
    `No token for "${connection.name}" came within ${fetchMs / 1000} seconds. Try again.`,
    { property: 'connection', retryable: true, cause: error },
  )
}

function readToken({ status, body }: Answer, connection: Connection, now: number): AccessToken {
  const answer = parsed(body.toString())
  const token = answer['access_token']
  if (
    status >= 200 &&
    status < 300 &&
    typeof token === 'string' &&
    /^[\u0021-\u007E]+$/.test(token)
  ) {
    const seconds = Number(answer['expires_in'])
    const lifeMs = seconds > 0 ? seconds * 1000 : unsaidMs
    // A short life is used for half of it, so that a token is not fetched for every request.
    return { text: token, until: now + Math.max(lifeMs - marginMs, lifeMs / 2) }
  }
  const reason = answer['error']
  // A code of the standard; what else such an answer says may hold anything.
  const code = typeof reason === 'string' && /^[a-z_]{1,40}$/.test(reason) ? ` (${reason})` : ''
  if (status === 400 || status === 401 || status === 403) {
    throw new FlowError(
      'provider_unauthorized',
      `The token server of "${connection.name}" refused the client${code}. Check client id, client secret and scope.`,
      { property: 'connection', details: { status } },
    )
  }
  throw new FlowError(
    'provider_failed',
    `The token server of "${connection.name}" gave no token: it answered with status ${status}${code}. Check the token URL.`,
    { property: 'connection', retryable: status >= 500, details: { status } },
  )
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}
