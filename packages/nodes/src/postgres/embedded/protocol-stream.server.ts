import { Duplex } from 'node:stream'

/** What stands at the other end of a stream of PostgreSQL's protocol. */
interface Peer {
  /** Called once, when the client connects; a rejection breaks the stream. */
  begin(): Promise<{ execute(messages: Uint8Array): Promise<Uint8Array> }>
  /** Called once, when the stream is closed. */
  end(): void
}

type Callback = (error?: Error | null) => void

/** The message that ends a session. It would end the whole cluster, which has one session only. */
const terminate = Buffer.from([0x58, 0, 0, 0, 4])

/** The socket of a PostgreSQL client without a network: each write is answered by what its peer gives. */
export class ProtocolStream extends Duplex {
  readonly #peer: Peer
  #backend: Awaited<ReturnType<Peer['begin']>> | undefined

  constructor(peer: Peer) {
    super()
    this.#peer = peer
  }

  /** As a socket has it; the address is no matter. */
  connect(): this {
    this.#peer.begin().then(
      (backend) => {
        this.#backend = backend
        this.emit('connect')
      },
      (error: Error) => this.destroy(error),
    )
    return this
  }

  // What clients ask of a socket, and what means nothing here.
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: Callback): void {
    this.#execute([chunk], callback)
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], callback: Callback): void {
    this.#execute(
      chunks.map(({ chunk }) => chunk),
      callback,
    )
  }

  override _final(callback: Callback): void {
    this.push(null)
    callback()
  }

  override _destroy(error: Error | null, callback: Callback): void {
    this.#peer.end()
    callback(error)
  }

  #execute(messages: readonly Buffer[], callback: Callback): void {
    // A client writes each message by itself, so the last one is found as it is.
    const sent = Buffer.concat(messages.filter((message) => !message.equals(terminate)))
    if (sent.length === 0 || this.#backend === undefined) {
      callback()
      return
    }
    this.#backend.execute(sent).then((answer) => {
      this.push(answer)
      callback()
    }, callback)
  }
}
