/** What a message is; the protocol's own numbers. */
export const messageType = {
  batch: 0x01,
  procedure: 0x03,
  answer: 0x04,
  attention: 0x06,
  entraToken: 0x08,
  transaction: 0x0e,
  login: 0x10,
  prelogin: 0x12,
} as const

/** One message, put together from its packets. */
export interface Message {
  readonly type: number
  readonly data: Buffer
  /** The client took it back while it was sending it: it is answered, and not done. */
  readonly isIgnored: boolean
  /** The client wants its session as new before it. */
  readonly resets: boolean
}

const headerLength = 8
const endOfMessage = 0x01
const ignore = 0x02
const resetConnection = 0x08

/** Cuts a stream of bytes into messages. */
export class PacketReader {
  #bytes: Buffer = Buffer.alloc(0)
  #parts: Buffer[] = []
  #flags = 0

  /** Takes what a read of the socket gave, and gives the messages that are complete with it. */
  push(bytes: Buffer): readonly Message[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes])
    const messages: Message[] = []
    while (this.#bytes.length >= headerLength) {
      const length = this.#bytes.readUInt16BE(2)
      if (this.#bytes.length < length) break
      const type = this.#bytes.readUInt8(0)
      const status = this.#bytes.readUInt8(1)
      this.#flags |= status
      this.#parts.push(this.#bytes.subarray(headerLength, length))
      this.#bytes = this.#bytes.subarray(length)
      if ((status & endOfMessage) === 0) continue
      const data = Buffer.concat(this.#parts)
      messages.push({
        type,
        data,
        isIgnored: (status & ignore) !== 0,
        resets: (this.#flags & resetConnection) !== 0,
      })
      this.#parts = []
      this.#flags = 0
    }
    return messages
  }

  /** What was pushed and is no whole packet: after a handshake it belongs to TLS. */
  takeRest(): Buffer {
    const rest = this.#bytes
    this.#bytes = Buffer.alloc(0)
    return rest
  }
}

/** Cuts one message into packets of at most this size, headers included, and sends them. */
export class PacketWriter {
  readonly #type: number
  readonly #room: number
  readonly #send: (packet: Buffer) => void
  #bytes: Buffer = Buffer.alloc(0)
  #count = 0

  constructor(type: number, packetSize: number, send: (packet: Buffer) => void) {
    this.#type = type
    this.#room = packetSize - headerLength
    this.#send = send
  }

  /** Adds to the message; what fills a packet is sent. */
  add(...parts: readonly Buffer[]): void {
    let bytes = Buffer.concat([this.#bytes, ...parts])
    for (; bytes.length > this.#room; bytes = bytes.subarray(this.#room)) {
      this.#sendPacket(bytes.subarray(0, this.#room), 0)
    }
    this.#bytes = bytes
  }

  /** Sends the rest, and the end of the message. */
  end(): void {
    this.#sendPacket(this.#bytes, endOfMessage)
  }

  #sendPacket(bytes: Buffer, status: number): void {
    this.#count += 1
    const header = Buffer.alloc(headerLength)
    header.writeUInt8(this.#type, 0)
    header.writeUInt8(status, 1)
    header.writeUInt16BE(bytes.length + headerLength, 2)
    header.writeUInt8(this.#count & 0xff, 6)
    this.#send(Buffer.concat([header, bytes]))
  }
}
