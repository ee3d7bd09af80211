/** Reads the little-endian numbers and the texts of the protocol, one after the other. */
export class ByteReader {
  readonly #bytes: Buffer
  #position = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#position >= this.#bytes.length
  }

  take(count: number): Buffer {
    this.#position += count
    return this.#bytes.subarray(this.#position - count, this.#position)
  }

  rest(): Buffer {
    return this.take(this.#bytes.length - this.#position)
  }

  u8(): number {
    return this.take(1).readUInt8()
  }

  u16(): number {
    return this.take(2).readUInt16LE()
  }

  u32(): number {
    return this.take(4).readUInt32LE()
  }

  u64(): bigint {
    return this.take(8).readBigUInt64LE()
  }

  /** A text of so many UTF-16 units. */
  text(units: number): string {
    return this.take(units * 2).toString('utf16le')
  }
}

export function u8(...numbers: readonly number[]): Buffer {
  return Buffer.from(numbers)
}

export function u16(number: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(number)
  return bytes
}

export function u32(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(number)
  return bytes
}

export function i32(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(number)
  return bytes
}

export function u64(number: number | bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(number))
  return bytes
}

export function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le')
}

/** A text with its length in one byte; cut at the 255 units that fit. */
export function shortText(text: string): Buffer {
  const units = text.slice(0, 255)
  return Buffer.concat([u8(units.length), utf16(units)])
}

/** A text with its length in two bytes. */
export function longText(text: string): Buffer {
  const units = text.slice(0, 0xff_ff)
  return Buffer.concat([u16(units.length), utf16(units)])
}
