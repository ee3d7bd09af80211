import { toFlowError, type ColumnTypeChoice } from '@millrace/flow'
import mssql from 'mssql'
import { expect, it } from 'vitest'
import { bindValue } from './bind-value.server.ts'

function bind(type: ColumnTypeChoice, value: unknown) {
  return bindValue({ name: 'p', type, value })
}

it.each<[unknown, () => mssql.ISqlType, unknown]>([
  ['text', mssql.NVarChar, 'text'],
  [true, mssql.Bit, true],
  [7, mssql.Int, 7],
  [2 ** 31, mssql.BigInt, '2147483648'],
  [0.5, mssql.Float, 0.5],
  [2 ** 60, mssql.Float, 2 ** 60],
  [{ a: [1] }, mssql.NVarChar, '{"a":[1]}'],
  [new Uint8Array([1]), mssql.VarBinary, Buffer.from([1])],
  [null, mssql.NVarChar, null],
])('[Q11] sends %j without a declared type as what it is', (value, type, sent) => {
  expect(bind('auto', value)).toEqual({ type, value: sent })
})

it.each<[ColumnTypeChoice, unknown, () => mssql.ISqlType, unknown]>([
  ['integer', ' 12 ', mssql.Int, 12],
  ['integer', '9007199254740993', mssql.BigInt, '9007199254740993'],
  ['number', '12.50', mssql.Float, 12.5],
  ['number', '12345678901234567.89', mssql.VarChar, '12345678901234567.89'],
  ['boolean', 1, mssql.Bit, true],
  ['boolean', 'false', mssql.Bit, false],
  ['date', '2026-11-26', mssql.Date, new Date('2026-11-26T00:00:00Z')],
  ['timestamp', '2026-11-26T14:00:00+02:00', mssql.DateTime2, new Date('2026-11-26T12:00:00Z')],
  ['timestamp', '2026-11-26 14:00', mssql.DateTime2, new Date('2026-11-26T14:00:00Z')],
  ['uuid', '6f9619ff-8b86-d011-b42d-00c04fc964ff', mssql.UniqueIdentifier, expect.any(String)],
  ['json', { a: 1 }, mssql.NVarChar, '{"a":1}'],
  ['json', '{"a":1}', mssql.NVarChar, '{"a":1}'],
  ['vector', [1, 2], mssql.NVarChar, '[1,2]'],
  ['integer', null, mssql.BigInt, null],
])('[Q11] sends a %s of %j as its type', (declared, value, type, sent) => {
  expect(bind(declared, value)).toEqual({ type, value: sent })
})

it.each<[ColumnTypeChoice, unknown]>([
  ['integer', 'secret'],
  ['integer', 1.5],
  ['integer', '9'.repeat(30)],
  ['number', 'secret'],
  ['number', Number.NaN],
  ['boolean', 'secret'],
  ['date', 'secret'],
  ['timestamp', 'secret'],
  ['timestamp', '2026-13-45T00:00:00Z'],
  ['uuid', 'secret'],
  ['vector', 'secret'],
])('[Q11] refuses a %s of %j, and does not say the value', (declared, value) => {
  try {
    expect.unreachable(JSON.stringify(bind(declared, value)))
  } catch (thrown) {
    const error = toFlowError(thrown)
    expect(error.code).toBe('input_invalid')
    expect(error.message).toContain('@p')
    expect(error.message).not.toContain('secret')
  }
})
