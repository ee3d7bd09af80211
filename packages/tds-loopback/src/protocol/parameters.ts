import type { ByteReader } from './bytes.ts'
import { readDays, readTicks, writeInstant } from './moments.ts'
import { swapped } from './types.ts'

/** A value that a procedure was called with. */
export interface Parameter {
  /** With its `@`; empty when it is known by its place. */
  readonly name: string
  /** PostgreSQL's type for it. */
  readonly type: string
  /** As PostgreSQL reads it. */
  readonly value: string | null
}

/** A value with its type, whose description came before it. */
type Value = Omit<Parameter, 'name'>

/** Reads one parameter of a call. */
export function readParameter(reader: ByteReader): Parameter {
  const name = reader.text(reader.u8())
  reader.u8()
  return { name, ...readValue(reader) }
}

function readValue(reader: ByteReader): Value {
  const id = reader.u8()
  switch (id) {
    case 0x1f:
      return { type: 'text', value: null }
    case 0x26:
      return readInt(reader)
    case 0x68:
      return sized(reader, 'boolean', (bytes) => (bytes.readUInt8() === 0 ? 'f' : 't'))
    case 0x6d:
      return sized(reader, 'double precision', (bytes) =>
        String(bytes.length === 8 ? bytes.readDoubleLE() : bytes.readFloatLE()),
      )
    case 0x6a:
    case 0x6c:
      return readDecimal(reader)
    case 0x24:
      return sized(reader, 'uuid', (bytes) => swapped(bytes).toString('hex'))
    case 0x28:
      return unsized(reader, 'date', (bytes) => datePart(readDays(bytes)))
    case 0x29:
    case 0x2a:
    case 0x2b:
      return readMoment(reader, id)
    case 0xe7:
    case 0xef:
    case 0xa7:
    case 0xaf:
      return readText(reader, id === 0xe7 || id === 0xef ? 'utf16le' : 'latin1')
    case 0xa5:
    case 0xad:
      return readBinary(reader)
    default:
      throw new Error(`The loopback has no parameters of type 0x${id.toString(16)}.`)
  }
}

/** After a byte with the most it can hold, and one with how long the value is. */
function sized(reader: ByteReader, type: string, read: (bytes: Buffer) => string): Value {
  reader.u8()
  return unsized(reader, type, read)
}

function unsized(reader: ByteReader, type: string, read: (bytes: Buffer) => string): Value {
  const length = reader.u8()
  return { type, value: length === 0 ? null : read(reader.take(length)) }
}

function readInt(reader: ByteReader): Value {
  const size = reader.u8()
  const type = size === 8 ? 'bigint' : size === 4 ? 'integer' : 'smallint'
  return unsized(reader, type, (bytes) => {
    if (bytes.length === 8) return String(bytes.readBigInt64LE())
    return String(bytes.length === 1 ? bytes.readUInt8() : bytes.readIntLE(0, bytes.length))
  })
}

function readDecimal(reader: ByteReader): Value {
  reader.take(2)
  const scale = reader.u8()
  return unsized(reader, 'numeric', (bytes) => {
    const sign = bytes.readUInt8() === 0 ? '-' : ''
    const digits = BigInt(`0x${Buffer.from(bytes.subarray(1)).reverse().toString('hex')}`)
    const text = String(digits).padStart(scale + 1, '0')
    return `${sign}${text.slice(0, text.length - scale)}.${text.slice(text.length - scale)}0`
  })
}

function readMoment(reader: ByteReader, id: 0x29 | 0x2a | 0x2b): Value {
  const scale = reader.u8()
  const timeLength = scale < 3 ? 3 : scale < 5 ? 4 : 5
  const type = id === 0x29 ? 'time' : id === 0x2a ? 'timestamp' : 'timestamptz'
  return unsized(reader, type, (bytes) => {
    const ticks = readTicks(bytes.subarray(0, timeLength), scale)
    if (id === 0x29) return timePart(ticks)
    const text = writeInstant({ days: readDays(bytes.subarray(timeLength)), ticks })
    return id === 0x2a ? text : `${text}+00`
  })
}

function datePart(days: number): string {
  return writeInstant({ days, ticks: 0n }).slice(0, 10)
}

function timePart(ticks: bigint): string {
  return writeInstant({ days: 0, ticks }).slice(11)
}

const none = 0xff_ff
const unknownLength = 0xff_ff_ff_ff_ff_ff_ff_ffn

function readText(reader: ByteReader, encoding: 'utf16le' | 'latin1'): Value {
  const length = reader.u16()
  reader.take(5)
  return { type: 'text', value: readBytes(reader, length)?.toString(encoding) ?? null }
}

function readBinary(reader: ByteReader): Value {
  const bytes = readBytes(reader, reader.u16())
  return { type: 'bytea', value: bytes === null ? null : `\\x${bytes.toString('hex')}` }
}

function readBytes(reader: ByteReader, maximum: number): Buffer | null {
  if (maximum !== none) {
    const length = reader.u16()
    return length === none ? null : reader.take(length)
  }
  if (reader.u64() === unknownLength) return null
  const chunks: Buffer[] = []
  for (let length = reader.u32(); length > 0; length = reader.u32()) {
    chunks.push(reader.take(length))
  }
  return Buffer.concat(chunks)
}
