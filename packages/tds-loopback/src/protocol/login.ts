/** What a client sends to log in. */
export interface Login {
  readonly user: string
  readonly password: string
  /** Empty when it wants the one that the login has. */
  readonly database: string
  readonly packetSize: number
}

/** Where the fixed part of the message has the place and length of each text. */
const at = { packetSize: 8, user: 40, password: 44, database: 68 } as const

export function readLogin(message: Buffer): Login {
  const bytesAt = (place: number) => {
    const start = message.readUInt16LE(place)
    return message.subarray(start, start + message.readUInt16LE(place + 2) * 2)
  }
  return {
    user: bytesAt(at.user).toString('utf16le'),
    password: plain(bytesAt(at.password)).toString('utf16le'),
    database: bytesAt(at.database).toString('utf16le'),
    packetSize: Math.min(message.readUInt32LE(at.packetSize) || 4096, 32_767),
  }
}

/** A password travels with each byte's halves swapped and some bits turned. */
function plain(password: Buffer): Buffer {
  const bytes = password.map((byte) => {
    const turned = byte ^ 0xa5
    return ((turned << 4) | (turned >> 4)) & 0xff
  })
  return Buffer.from(bytes)
}
