import type { Socket } from 'node:net'
import { readLogin } from './protocol/login.ts'
import { messageType, PacketReader, PacketWriter, type Message } from './protocol/packets.ts'
import { preloginAnswer, serverVersion } from './protocol/prelogin.ts'
import { startTls, type Certificate, type TlsEnd } from './protocol/tls-in-packets.ts'
import {
  changeToken,
  doneTokenOf,
  entraAckToken,
  entraToken,
  errorToken,
  loginAckToken,
  type SqlServerError,
} from './protocol/tokens.ts'
import type { Login } from './protocol/login.ts'
import type { Output, Session } from './session.ts'

/** Another server. */
export interface Route {
  readonly host: string
  readonly port: number
}

export interface ClientOptions {
  readonly tls: Certificate | undefined
  /** Why a login is refused; `undefined` when it is welcome. A token is one of Entra. */
  readonly refuse: (login: Login, token?: string) => SqlServerError | undefined
  readonly openSession: (login: Login) => Session
  /** Where clients are to log in instead; `undefined` when they may stay. */
  readonly route: Route | undefined
  readonly onAttention: () => void
}

const firstPacketSize = 4096

/** One client's connection: messages in, answers out, in their order. */
export class Client {
  readonly #socket: Socket
  readonly #options: ClientOptions
  readonly #reader = new PacketReader()
  #tls: TlsEnd | undefined
  #isSecure = false
  #packetSize = firstPacketSize
  /** A login that still has to bring its token. */
  #login: Login | undefined
  #session: Session | undefined
  /** What cancels the request that is being answered. */
  #running = new AbortController()
  #turn: Promise<void> = Promise.resolve()

  constructor(socket: Socket, options: ClientOptions) {
    this.#socket = socket
    this.#options = options
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => this.#receive(bytes))
    socket.on('close', () => this.#close())
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #close(): void {
    this.#tls?.destroy()
    this.#running.abort()
    this.#turn = this.#turn.then(() => this.#session?.reset())
  }

  #receive(bytes: Buffer): void {
    if (this.#isSecure) this.#tls?.receive(bytes)
    else this.#read(bytes)
  }

  #read(bytes: Buffer): void {
    for (const message of this.#reader.push(bytes)) {
      if (message.type === messageType.prelogin && this.#tls !== undefined) {
        this.#tls.receive(message.data)
      } else if (message.type === messageType.attention) {
        this.#options.onAttention()
        this.#running.abort()
        this.#enqueue(() => this.#answer((output) => output.add(acknowledged)))
      } else {
        this.#enqueue(() => this.#answer((output, signal) => this.#handle(message, output, signal)))
      }
    }
  }

  #enqueue(work: () => Promise<void>): void {
    this.#turn = this.#turn.then(work).catch(() => this.destroy())
  }

  async #answer(
    write: (output: Output, signal: AbortSignal) => void | Promise<void>,
  ): Promise<void> {
    this.#running = new AbortController()
    const { signal } = this.#running
    const writer = new PacketWriter(messageType.answer, this.#packetSize, (packet) =>
      this.#send(packet),
    )
    const output: Output = {
      add: (...tokens) => writer.add(...tokens),
      drained: (drainSignal) => this.#drained(drainSignal),
    }
    await write(output, signal)
    writer.end()
  }

  async #handle(message: Message, output: Output, signal: AbortSignal): Promise<void> {
    if (message.isIgnored) {
      output.add(doneTokenOf({ kind: 'batch', failed: true }))
      return
    }
    if (message.resets) await this.#session?.reset()
    switch (message.type) {
      case messageType.prelogin:
        output.add(preloginAnswer(this.#options.tls === undefined ? 'plain' : 'tls'))
        if (this.#options.tls !== undefined) this.#startTls(this.#options.tls)
        return
      case messageType.login: {
        const login = readLogin(message.data)
        if (login.usesEntra) {
          this.#login = login
          output.add(entraToken(entra.authority, entra.service), doneTokenOf({ kind: 'batch' }))
        } else this.#admit(login, undefined, output)
        return
      }
      case messageType.entraToken:
        // After the length of the message, and the one of the token.
        if (this.#login === undefined) this.destroy()
        else this.#admit(this.#login, message.data.subarray(8).toString('utf16le'), output)
        return
      case messageType.batch:
        await this.#session?.batch(message.data, output, signal)
        return
      case messageType.procedure:
        await this.#session?.call(message.data, output, signal)
        return
      case messageType.transaction:
        await this.#session?.transaction(message.data, output, signal)
        return
      default:
        this.destroy()
    }
  }

  #startTls(certificate: Certificate): void {
    this.#tls = startTls(certificate, {
      sendHandshake: (bytes) => {
        const writer = new PacketWriter(messageType.prelogin, firstPacketSize, (packet) =>
          this.#socket.write(packet),
        )
        writer.add(bytes)
        writer.end()
      },
      sendRaw: (bytes, callback) => void this.#socket.write(bytes, () => callback()),
      onSecure: () => {
        this.#isSecure = true
        this.#tls?.receive(this.#reader.takeRest())
      },
      onData: (bytes) => this.#read(bytes),
      onError: () => this.destroy(),
    })
  }

  #admit(login: Login, token: string | undefined, output: Output): void {
    const { route } = this.#options
    const error = this.#options.refuse(login, token)
    if (error !== undefined) {
      output.add(errorToken(error), doneTokenOf({ kind: 'batch', failed: true }))
      return
    }
    this.#session = this.#options.openSession(login)
    output.add(
      changeToken({ kind: 'database', name: login.database }),
      loginAckToken(serverVersion),
      ...(token === undefined ? [] : [entraAckToken()]),
      changeToken({ kind: 'packetSize', size: login.packetSize }),
      ...(route === undefined ? [] : [changeToken({ kind: 'route', ...route })]),
      doneTokenOf({ kind: 'batch' }),
    )
    // This answer is small, so the new size counts from the next one.
    this.#packetSize = login.packetSize
  }

  #send(bytes: Buffer): void {
    if (this.#tls !== undefined && this.#isSecure) this.#tls.send(bytes)
    else this.#socket.write(bytes)
  }

  async #drained(signal: AbortSignal): Promise<void> {
    // Gives an attention, which may already be there, the chance to be read.
    await new Promise((resolve) => setImmediate(resolve))
    signal.throwIfAborted()
    if (!this.#socket.writableNeedDrain) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#socket.once('drain', resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
    await promise
    signal.throwIfAborted()
  }
}

/** What Azure SQL says of where its tokens come from. */
const entra = {
  authority: 'https://login.microsoftonline.com/common',
  service: 'https://database.windows.net/',
}

const acknowledged = doneTokenOf({ kind: 'batch', acknowledgesAttention: true })
