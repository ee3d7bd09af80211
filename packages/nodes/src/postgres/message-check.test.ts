import { describe, expect, it } from 'vitest'
import { MessageCheck } from './message-check.ts'

const message = (kind: string, body: string | Buffer) => {
  const head = Buffer.alloc(5)
  head.write(kind)
  head.writeUInt32BE(body.length + 4, 1)
  return Buffer.concat([head, Buffer.from(body)])
}
const head = (kind: string, length: number) => {
  const bytes = Buffer.alloc(5)
  bytes.write(kind)
  bytes.writeUInt32BE(length, 1)
  return bytes
}

/** The body of a row with these values, or with values that are said to be so long. */
function row(...values: readonly (string | number | null)[]): Buffer {
  const fields = values.map((value) => {
    const length = Buffer.alloc(4)
    length.writeInt32BE(typeof value === 'string' ? value.length : (value ?? -1))
    return Buffer.concat([length, Buffer.from(typeof value === 'string' ? value : '')])
  })
  const count = Buffer.alloc(2)
  count.writeUInt16BE(values.length)
  return Buffer.concat([count, ...fields])
}

/** Takes bytes in chunks of one size. */
function take(bytes: Buffer, size = bytes.length): void {
  const check = new MessageCheck()
  for (let start = 0; start < bytes.length; start += size) {
    check.take(bytes.subarray(start, start + size))
  }
}

describe('what a PostgreSQL sends', () => {
  const wellFormed = Buffer.concat([
    message('R', '\0\0\0\0'),
    message('N', 'SNOTICE\0Mhello\0\0'),
    message('n', ''),
    message('D', row('a', null, '', 'x'.repeat(3000))),
    message('D', row()),
    message('E', 'SERROR\0C42601\0\0'),
    message('E', '\0'),
    message('Z', 'I'),
  ])

  it.each([1, 2, 3, 4, 5, 7, 1000, wellFormed.length])(
    'is let through as it is, in chunks of %i bytes',
    (size) => {
      expect(() => take(wellFormed, size)).not.toThrow()
    },
  )

  it.each([1, 3, 1000])('[Q18] is refused without an end, in chunks of %i bytes', (size) => {
    for (const body of ['SX\0', 'SX\0M', 'S', '']) {
      expect(() => take(Buffer.concat([wellFormed, message('E', body)]), size)).toThrow('an end')
      expect(() => take(Buffer.concat([wellFormed, message('N', body)]), size)).toThrow('an end')
    }
  })

  it.each([1, 3, 1000])(
    '[Q18] is refused when the fields of a row are not as long as it, in chunks of %i bytes',
    (size) => {
      const refused = (body: Buffer) =>
        expect(() => take(Buffer.concat([wellFormed, message('D', body)]), size))
      refused(row('a', -2)).toThrow('negative length')
      refused(row('a', -0x80_00_00_00)).toThrow('negative length')
      refused(row('a', 1)).toThrow('end with its last field')
      refused(row('a', 0x7f_ff_ff_ff)).toThrow('end with its last field')
      refused(row('a', 'b').subarray(0, 7)).toThrow('end with its last field')
      refused(row('a', 'b').subarray(0, 9)).toThrow('end with its last field')
      refused(Buffer.concat([row('a'), row('b')])).toThrow('end with its last field')
      refused(Buffer.from([0])).toThrow('end with its last field')
      refused(Buffer.alloc(0)).toThrow('end with its last field')
    },
  )

  it.each([0, 3])('[Q18] is refused with the length %i', (length) => {
    expect(() => take(head('Z', length))).toThrow('without a length')
  })

  it('[Q15] is refused when it is too long, before it has come', () => {
    expect(() => take(head('D', 16 * 1024 * 1024))).not.toThrow()
    expect(() => take(head('D', 16 * 1024 * 1024 + 1))).toThrow(
      'The result has a row of more than 16 MiB.',
    )
    expect(() => take(head('T', 0xff_ff_ff_ff))).toThrow('longer than any may be')
  })
})
