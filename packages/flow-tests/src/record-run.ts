import type { AnswerWitness, Exchanges, OutgoingRequest, Services } from '@millrace/engine'
import type {
  FlowTest,
  JsonValue,
  RecordedBytes,
  RecordedExchange,
  RecordedRequest,
} from '@millrace/flow'
import {
  keptHeaders,
  piecesWithout,
  withoutKnown,
  withoutSecretValues,
  type Piece,
} from './redact.ts'
import { recordedRequest } from './recorded-request.ts'
import { unpack } from './unpack.ts'

/** At most so many bytes of answers are recorded in one run. */
const maxBytes = 4 * 1024 * 1024

interface Options {
  /** The secrets of a connection, in clear. */
  readonly secretsOf: (
    connection: Awaited<ReturnType<Services['connections']['get']>>,
  ) => readonly string[]
}

/** Records what the outside answers to one run: give the run `services` in place of its own. */
export class RunRecording implements Exchanges {
  readonly services: Services
  readonly #secrets = new Set<string>()
  readonly #exchanges = new Map<string, Exchange[]>()
  #bytes = 0

  constructor(services: Services, { secretsOf }: Options) {
    this.services = {
      ...services,
      exchanges: this,
      connections: {
        get: async (id) => {
          const connection = await services.connections.get(id)
          for (const secret of secretsOf(connection)) this.#secrets.add(secret)
          return connection
        },
      },
    }
  }

  begin(request: OutgoingRequest): AnswerWitness {
    const exchange = new Exchange(recordedRequest(request), (length) => {
      this.#bytes += length
      return this.#bytes <= maxBytes
    })
    const list = this.#exchanges.get(request.nodeId) ?? []
    this.#exchanges.set(request.nodeId, list)
    list.push(exchange)
    return exchange
  }

  /** Whether more was answered than is recorded, so that no test can be made of it. */
  get isTooLarge(): boolean {
    return this.#bytes > maxBytes
  }

  /** What was answered so far, by node, without any secret. */
  get recordings(): NonNullable<FlowTest['recordings']> {
    return Object.fromEntries(
      [...this.#exchanges].map(([nodeId, list]) => [
        nodeId,
        list.map((exchange) => exchange.recorded(this.#secrets)),
      ]),
    )
  }

  /** A value without the secrets of the connections that the run opened. */
  withoutSecrets<Value>(value: Value): Value {
    return withoutKnown(value, this.#secrets)
  }
}

/** One request and its answer, as it goes on. */
class Exchange implements AnswerWitness {
  readonly #request: RecordedRequest
  /** Counts so many bytes, and says whether that is not too much. */
  readonly #mayKeep: (length: number) => boolean
  readonly #startedAt = performance.now()
  #status: number | undefined
  #headers: Readonly<Record<string, string | readonly string[]>> = {}
  #pieces: Piece[] = []
  #isCut = false

  constructor(request: RecordedRequest, mayKeep: (length: number) => boolean) {
    this.#request = request
    this.#mayKeep = mayKeep
  }

  begin(status: number, headers: Readonly<Record<string, string | readonly string[]>>): void {
    this.#status = status
    this.#headers = keptHeaders(headers)
  }

  data(bytes: Uint8Array): void {
    if (!this.#mayKeep(bytes.length)) return
    // A copy: whoever reads the socket may use the buffer again.
    this.#pieces.push({
      at: Math.round(performance.now() - this.#startedAt),
      bytes: Uint8Array.from(bytes),
    })
  }

  end(): void {
    this.#isCut = false
    this.#unpack()
  }

  fail(): void {
    this.#isCut = true
    this.#unpack()
  }

  /** A body that is packed can be looked through for secrets only when it is not. */
  #unpack(): void {
    const { 'content-encoding': encoding, ...headers } = this.#headers
    const last = this.#pieces.at(-1)
    if (encoding === undefined || last === undefined) return
    const body = unpack({
      bytes: Buffer.concat(this.#pieces.map(({ bytes }) => bytes)),
      encoding: String(encoding),
      isCut: this.#isCut,
      maxBytes,
    })
    this.#pieces = []
    if (body.status === 'too large' || !this.#mayKeep(body.bytes.length)) {
      this.#mayKeep(maxBytes)
      return
    }
    this.#pieces.push({ at: last.at, bytes: body.bytes })
    if (body.status === 'unpacked') this.#headers = headers
  }

  recorded(secrets: ReadonlySet<string>): RecordedExchange {
    const headers = withoutKnown(this.#headers, secrets)
    return {
      request: withoutKnown(this.#request, secrets),
      ...(this.#status === undefined ? {} : { status: this.#status }),
      ...(Object.keys(headers).length === 0 ? {} : { headers }),
      pieces: this.#withoutSecretValues(piecesWithout(this.#pieces, secrets)).map(
        ({ at, bytes }) => [at, textOrBase64(bytes)] as const,
      ),
      ...(this.#isCut ? { cut: true } : {}),
    }
  }

  /** An answer that is one JSON document may hold tokens under their names, whatever type it says. */
  #withoutSecretValues(pieces: readonly Piece[]): readonly Piece[] {
    const last = pieces.at(-1)
    if (last === undefined) return pieces
    const text = Buffer.concat(pieces.map(({ bytes }) => bytes)).toString()
    try {
      const value = JSON.parse(text) as JsonValue // what JSON.parse answers
      const kept = JSON.stringify(withoutSecretValues(value))
      const isClean = kept === JSON.stringify(value)
      return isClean ? pieces : [{ at: last.at, bytes: Buffer.from(kept) }]
    } catch {
      return pieces
    }
  }
}

function textOrBase64(bytes: Uint8Array): RecordedBytes {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') }
  }
}
