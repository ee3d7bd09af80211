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
    message('D', Buffer.alloc(3000, 'x')),
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
