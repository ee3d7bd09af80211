import { expect, it } from 'vitest'
import { readValue } from './read-value.ts'

function moment(iso: string, nanosecondsDelta = 0): Date {
  return Object.assign(new Date(iso), { nanosecondsDelta })
}

it.each([
  ['bigint', '42', 42],
  ['bigint', '9007199254740993', '9007199254740993'],
  ['bigint', '-9007199254740993', '-9007199254740993'],
  ['int', 7, 7],
  ['float', 0.5, 0.5],
  ['nvarchar', '42', '42'],
])('[Q1] reads a %s of %j as %j', (type, value, read) => {
  expect(readValue(value, type)).toBe(read)
})

it('[Q2] reads a bit as true or false', () => {
  expect([readValue(true, 'bit'), readValue(false, 'bit')]).toEqual([true, false])
})

it.each([
  ['date', moment('2026-11-26T00:00:00Z'), '2026-11-26'],
  ['time', moment('1970-01-01T08:05:00Z'), '08:05:00'],
  ['time', moment('1970-01-01T08:05:00.120Z'), '08:05:00.12'],
  ['datetime', moment('2026-11-26T10:20:30.500Z'), '2026-11-26T10:20:30.5'],
  ['datetime2', moment('2026-11-26T10:20:30.123Z', 0.0004567), '2026-11-26T10:20:30.1234567'],
  ['datetime2', moment('2026-11-26T10:20:00Z'), '2026-11-26T10:20:00'],
  ['datetimeoffset', moment('2026-11-26T10:20:30Z'), '2026-11-26T10:20:30Z'],
])('[Q3] reads a %s as ISO 8601', (type, value, read) => {
  expect(readValue(value, type)).toBe(read)
})

it('[Q4] reads bytes as Base64', () => {
  expect(readValue(Buffer.from([1, 2, 255]), 'varbinary')).toBe('AQL/')
})

it('[Q7] reads null as null', () => {
  expect(readValue(null, 'int')).toBeNull()
})
