import { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'

/** A certificate with its key, both as PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** Where a handshake's bytes come from and go to. */
export interface TlsWire {
  /** Sends a part of the handshake, inside a message. */
  sendHandshake(bytes: Buffer): void
  /** Sends what is encrypted, as it is, and calls back when there is room for more. */
  sendRaw(bytes: Buffer, callback: () => void): void
  /** Called once, when the handshake is over and before what follows it is read. */
  onSecure(): void
  /** Takes what was decrypted. */
  onData(bytes: Buffer): void
  onError(error: Error): void
}

/** The server's end of an encrypted connection. */
export interface TlsEnd {
  /** Takes encrypted bytes: of handshake messages first, then as the socket gives them. */
  receive(bytes: Buffer): void
  /** Encrypts and sends. */
  send(bytes: Buffer): void
  destroy(): void
}

/**
 * Encrypts a connection as TDS 7 does it: the handshake travels inside prelogin messages, exactly
 * one for each flight of the client, and what comes after it travels without.
 */
export function startTls(certificate: Certificate, wire: TlsWire): TlsEnd {
  let isSecure = false
  let isRaw = false
  let flight: Buffer[] = []

  function sendFlight(): void {
    const bytes = Buffer.concat(flight)
    flight = []
    wire.sendHandshake(bytes)
    // The flight that makes the connection secure was the last one to travel inside a message.
    isRaw = isSecure
  }

  const encrypted = new Duplex({
    read() {
      // `receive` pushes.
    },
    write(bytes: Buffer, _encoding, callback) {
      if (isRaw) {
        wire.sendRaw(bytes, callback)
        return
      }
      flight.push(bytes)
      // OpenSSL writes a flight in several pieces, all in one turn.
      if (flight.length === 1) setImmediate(sendFlight)
      callback()
    },
  })
  const socket = new TLSSocket(encrypted, {
    isServer: true,
    ...certificate,
    // TDS 7 drivers cannot do later versions inside messages.
    maxVersion: 'TLSv1.2',
  })
  socket.on('error', (error) => wire.onError(error))
  socket.on('secure', () => {
    isSecure = true
    wire.onSecure()
  })
  socket.on('data', (bytes: Buffer) => wire.onData(bytes))
  return {
    receive: (bytes) => void encrypted.push(bytes),
    send: (bytes) => void socket.write(bytes),
    destroy: () => void socket.destroy(),
  }
}
