import { FlowError } from '@millrace/flow'

/**
 * The bytes that a text says in Base64, of either alphabet. Throws `input_invalid` for any other text,
 * in which a decoder would pass over what it cannot read; it is never quoted.
 */
export function bytesOfBase64(text: string): Uint8Array {
  const letters = text.replaceAll(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/')
  const digits = letters.replace(/={1,2}$/, '')
  if (/^[A-Za-z\d+/]*$/.test(digits) && digits.length % 4 !== 1) {
    return Uint8Array.from(atob(digits), (letter) => letter.charCodeAt(0))
  }
  throw new FlowError(
    'input_invalid',
    'Bytes are given as text in Base64, and a value for them is none. Encode it first.',
  )
}
