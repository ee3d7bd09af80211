import { u16, u32, u64, u8, utf16 } from './bytes.ts'
import { dateBytes, offsetBytes, readInstant, timeBytes } from './moments.ts'

/** A type of the protocol, as far as the server sends and receives values of it. */
export type TdsType =
  | { readonly kind: 'int'; readonly size: 1 | 2 | 4 | 8 }
  | { readonly kind: 'bit' }
  | { readonly kind: 'float'; readonly size: 4 | 8 }
  | { readonly kind: 'decimal'; readonly scale: number }
  | { readonly kind: 'nvarchar' | 'varbinary'; readonly length: 'short' | 'max' }
  | { readonly kind: 'uniqueidentifier' }
  | { readonly kind: 'date' }
  | { readonly kind: 'time' }
  | { readonly kind: 'datetime2' }
  | { readonly kind: 'datetimeoffset' }

/** Latin1_General, as a server in English has it. */
const collation = u8(0x09, 0x04, 0xd0, 0x00, 0x34)
/** The most bytes of a value that does not travel in chunks. */
export const longestShort = 8000
const chunked = 0xff_ff
/** The finest that the types have: steps of 100 ns. */
const timeScale = 7
const decimalPrecision = 38

/** How a type is described to the client. */
export function typeInfo(type: TdsType): Buffer {
  switch (type.kind) {
    case 'int':
      return u8(0x26, type.size)
    case 'bit':
      return u8(0x68, 1)
    case 'float':
      return u8(0x6d, type.size)
    case 'decimal':
      return u8(0x6a, 17, decimalPrecision, type.scale)
    case 'nvarchar':
      return Buffer.concat([u8(0xe7), lengthOf(type.length), collation])
    case 'varbinary':
      return Buffer.concat([u8(0xa5), lengthOf(type.length)])
    case 'uniqueidentifier':
      return u8(0x24, 16)
    case 'date':
      return u8(0x28)
    case 'time':
      return u8(0x29, timeScale)
    case 'datetime2':
      return u8(0x2a, timeScale)
    case 'datetimeoffset':
      return u8(0x2b, timeScale)
  }
}

function lengthOf(length: 'short' | 'max'): Buffer {
  return u16(length === 'max' ? chunked : longestShort)
}

/** A value, given as PostgreSQL writes it, as it travels; `null` is null. */
export function writeValue(type: TdsType, text: string | null): Buffer {
  const bytes = text === null ? null : bytesOf(type, text)
  if (type.kind === 'nvarchar' || type.kind === 'varbinary') {
    return type.length === 'max' ? inChunks(bytes) : withLength(bytes)
  }
  return bytes === null ? u8(0) : Buffer.concat([u8(bytes.length), bytes])
}

function bytesOf(type: TdsType, text: string): Buffer {
  switch (type.kind) {
    case 'nvarchar':
      return utf16(text)
    case 'varbinary':
      return readHex(text)
    case 'int':
      return intBytes(BigInt(text), type.size)
    case 'bit':
      return u8(text === 't' ? 1 : 0)
    case 'float':
      return floatBytes(Number(text), type.size)
    case 'decimal':
      return decimalBytes(text, type.scale)
    case 'uniqueidentifier':
      return swapped(Buffer.from(text.replaceAll('-', ''), 'hex'))
    case 'date':
      return dateBytes(readInstant(text))
    case 'time':
      return timeBytes(readInstant(`1970-01-01 ${text}`))
    case 'datetime2': {
      const instant = readInstant(text)
      return Buffer.concat([timeBytes(instant), dateBytes(instant)])
    }
    case 'datetimeoffset': {
      const instant = readInstant(text)
      return Buffer.concat([timeBytes(instant), dateBytes(instant), offsetBytes(instant)])
    }
  }
}

function intBytes(value: bigint, size: number): Buffer {
  return u64(BigInt.asUintN(64, value)).subarray(0, size)
}

function floatBytes(value: number, size: 4 | 8): Buffer {
  const bytes = Buffer.alloc(size)
  if (size === 8) bytes.writeDoubleLE(value)
  else bytes.writeFloatLE(value)
  return bytes
}

function decimalBytes(text: string, scale: number): Buffer {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const digits = BigInt(whole + fraction.padEnd(scale, '0').slice(0, scale))
  return Buffer.concat([
    u8(text.startsWith('-') ? 0 : 1),
    u64(BigInt.asUintN(64, digits)),
    u64(digits >> 64n),
  ])
}

/** PostgreSQL's way to write bytes: `\x0102`. */
function readHex(text: string): Buffer {
  return Buffer.from(text.slice(2), 'hex')
}

function withLength(bytes: Buffer | null): Buffer {
  return bytes === null ? u16(0xff_ff) : Buffer.concat([u16(bytes.length), bytes])
}

const chunkLength = 60_000

function inChunks(bytes: Buffer | null): Buffer {
  if (bytes === null) return Buffer.alloc(8, 0xff)
  const parts: Buffer[] = [u64(bytes.length)]
  for (let start = 0; start < bytes.length; start += chunkLength) {
    const chunk = bytes.subarray(start, start + chunkLength)
    parts.push(u32(chunk.length), chunk)
  }
  return Buffer.concat([...parts, u32(0)])
}

/** The first three groups of a UUID travel with their bytes in the other order. */
export function swapped(uuid: Buffer): Buffer {
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]
  return Buffer.from(order.map((index) => uuid.readUInt8(index)))
}
