import { inflateRawSync } from 'node:zlib'

/** The lines of a stored chunk: text as it was appended, or bytes once its ended run was packed. */
export function linesOf(stored: string | Uint8Array): string[] {
  const text = typeof stored === 'string' ? stored : inflateRawSync(stored).toString('utf8')
  return text.trimEnd().split('\n')
}
