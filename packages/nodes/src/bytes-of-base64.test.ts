import { expect, it } from 'vitest'
import { bytesOfBase64 } from './bytes-of-base64.ts'

it.each([
  ['', []],
  ['AQL/', [1, 2, 255]],
  ['AQL_', [1, 2, 255]],
  ['AQ==', [1]],
  ['AQ', [1]],
  ['AQ\nL/', [1, 2, 255]],
])('[Q11] %j is taken for the bytes %j', (text, bytes) => {
  expect([...bytesOfBase64(text)]).toEqual(bytes)
})

it.each(['no base64!', '\\x00ff', 'A', 'AQ===', 'A=Q='])(
  '[Q11] %j is refused rather than read in part, and not quoted',
  (text) => {
    expect(() => bytesOfBase64(text)).toThrow(
      expect.objectContaining({
        code: 'input_invalid',
        message: expect.not.stringContaining(text) as string,
      }) as Error,
    )
  },
)
