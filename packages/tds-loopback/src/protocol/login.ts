/** What a client sends to log in. */
export interface Login {
  readonly user: string
  readonly password: string
  /** Empty when it wants the one that the login has. */
  readonly database: string
  readonly packetSize: number
  /** It will bring a token of Entra instead of a password. */
  readonly usesEntra: boolean
}

/** Where the fixed part of the message has the place and length of each text. */
const at = {
  packetSize: 8,
  optionFlags: 27,
  user: 40,
  password: 44,
  extension: 56,
  database: 68,
} as const
const hasExtension = 0x10
const feature = { entra: 0x02, end: 0xff } as const

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
    usesEntra: featuresOf(message).includes(feature.entra),
  }
}

/** What the client asks for beyond a login, by the protocol's numbers. */
function featuresOf(message: Buffer): readonly number[] {
  if ((message.readUInt8(at.optionFlags) & hasExtension) === 0) return []
  const features: number[] = []
  let place = message.readUInt32LE(message.readUInt16LE(at.extension))
  while (message.readUInt8(place) !== feature.end) {
    features.push(message.readUInt8(place))
    place += 5 + message.readUInt32LE(place + 1)
  }
  return features
}

/** A password travels with each byte's halves swapped and some bits turned. */
function plain(password: Buffer): Buffer {
  const bytes = password.map((byte) => {
    const turned = byte ^ 0xa5
    return ((turned << 4) | (turned >> 4)) & 0xff
  })
  return Buffer.from(bytes)
}
