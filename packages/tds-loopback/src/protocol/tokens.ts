import { i32, longText, shortText, u16, u32, u64, u8, utf16 } from './bytes.ts'
import { typeInfo, writeValue, type TdsType } from './types.ts'

/** What SQL Server says of an error; `line` counts from 1 in the batch. */
export interface SqlServerError {
  readonly number: number
  readonly message: string
  /** Its severity, 16 when not given: from 20 on the server closes the connection. */
  readonly severity?: number
  readonly line?: number
  readonly procedure?: string
}

/** A column of a result, as it is described to the client. */
export interface Column {
  readonly name: string
  readonly type: TdsType
}

const token = {
  columns: 0x81,
  error: 0xaa,
  returnValue: 0xac,
  loginAck: 0xad,
  featureAck: 0xae,
  row: 0xd1,
  change: 0xe3,
  entra: 0xee,
  returnStatus: 0x79,
} as const

/** Which statement a `done` ends: one of a batch, one of a procedure, or a procedure itself. */
export const doneToken = { batch: 0xfd, procedure: 0xfe, inProcedure: 0xff } as const

const isNullable = 0x01
const isUpdateable = 0x08

export function columnsToken(columns: readonly Column[]): Buffer {
  return Buffer.concat([
    u8(token.columns),
    u16(columns.length),
    ...columns.flatMap(({ name, type }) => [
      u32(0),
      u16(isNullable | isUpdateable),
      typeInfo(type),
      shortText(name),
    ]),
  ])
}

/** Values are as PostgreSQL writes them. */
export function rowToken(columns: readonly Column[], values: readonly (string | null)[]): Buffer {
  return Buffer.concat([
    u8(token.row),
    ...columns.map(({ type }, index) => writeValue(type, values[index] ?? null)),
  ])
}

export interface Done {
  readonly kind: keyof typeof doneToken
  readonly hasMore?: boolean
  readonly failed?: boolean
  /** How many rows; absent when nothing is counted. */
  readonly count?: number
  readonly acknowledgesAttention?: boolean
}

export function doneTokenOf(done: Done): Buffer {
  const status =
    (done.hasMore === true ? 0x01 : 0) |
    (done.failed === true ? 0x02 : 0) |
    (done.count === undefined ? 0 : 0x10) |
    (done.acknowledgesAttention === true ? 0x20 : 0)
  return Buffer.concat([u8(doneToken[done.kind]), u16(status), u16(0), u64(done.count ?? 0)])
}

export function errorToken(error: SqlServerError): Buffer {
  const body = Buffer.concat([
    i32(error.number),
    u8(1, error.severity ?? 16),
    longText(error.message),
    shortText('tds-loopback'),
    shortText(error.procedure ?? ''),
    u32(error.line ?? 1),
  ])
  return Buffer.concat([u8(token.error), u16(body.length), body])
}

/** What changed for the client's session; the numbers are the protocol's. */
export type Change =
  | { readonly kind: 'database'; readonly name: string }
  | { readonly kind: 'packetSize'; readonly size: number }
  /** The client is to log in at another server instead. */
  | { readonly kind: 'route'; readonly host: string; readonly port: number }
  | { readonly kind: 'begin' | 'commit' | 'rollback'; readonly transaction: bigint }

export function changeToken(change: Change): Buffer {
  const body = changeBody(change)
  return Buffer.concat([u8(token.change), u16(body.length), body])
}

function changeBody(change: Change): Buffer {
  switch (change.kind) {
    case 'database':
      return Buffer.concat([u8(1), shortText(change.name), shortText('master')])
    case 'packetSize':
      return Buffer.concat([u8(4), shortText(String(change.size)), shortText('4096')])
    case 'route': {
      const tcp = 0
      const target = Buffer.concat([u8(tcp), u16(change.port), longText(change.host)])
      return Buffer.concat([u8(20), u16(target.length), target, u16(0)])
    }
    case 'begin':
      return Buffer.concat([u8(8, 8), u64(change.transaction), u8(0)])
    case 'commit':
      return Buffer.concat([u8(9, 0, 8), u64(change.transaction)])
    case 'rollback':
      return Buffer.concat([u8(10, 0, 8), u64(change.transaction)])
  }
}

export function loginAckToken(version: readonly number[]): Buffer {
  const tds74 = [0x74, 0, 0, 4]
  const body = Buffer.concat([u8(1, ...tds74), shortText('Microsoft SQL Server'), u8(...version)])
  return Buffer.concat([u8(token.loginAck), u16(body.length), body])
}

/** Tells a client where to get its token of Entra, and for which service. */
export function entraToken(authority: string, service: string): Buffer {
  const texts = [utf16(authority), utf16(service)] as const
  const entryLength = 9
  const entries = texts.map((text, index) => {
    const before = index === 0 ? 0 : texts[0].length
    return Buffer.concat([
      u8(index + 1),
      u32(text.length),
      u32(4 + texts.length * entryLength + before),
    ])
  })
  const body = Buffer.concat([u32(texts.length), ...entries, ...texts])
  return Buffer.concat([u8(token.entra), u32(body.length), body])
}

/** Says that the token of Entra was taken. */
export function entraAckToken(): Buffer {
  return Buffer.concat([u8(token.featureAck, 0x02), u32(0), u8(0xff)])
}

export function returnStatusToken(status: number): Buffer {
  return Buffer.concat([u8(token.returnStatus), i32(status)])
}

/** The value of a procedure's output parameter, as a whole number. */
export function returnValueToken(name: string, value: number): Buffer {
  const type: TdsType = { kind: 'int', size: 4 }
  return Buffer.concat([
    u8(token.returnValue),
    u16(0),
    shortText(name),
    u8(1),
    u32(0),
    u16(0),
    typeInfo(type),
    writeValue(type, String(value)),
  ])
}
