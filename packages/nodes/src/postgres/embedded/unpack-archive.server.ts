import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const blockBytes = 512

/** Unpacks a gzipped tar of files and folders, as `packCluster` makes it, into a directory. */
export function unpackArchive(archive: string, directory: string): void {
  const tar = gunzipSync(readFileSync(archive))
  let start = 0
  while (start < tar.length) {
    const text = (from: number, length: number) =>
      tar.toString('latin1', start + from, start + from + length).replace(/\0.*$/s, '')
    const name = text(0, 100)
    // A block of zeros ends it.
    if (name === '') return
    const path = join(directory, text(345, 155), name)
    const size = Number.parseInt(text(124, 12), 8)
    const content = start + blockBytes
    if (text(156, 1) === '5') {
      mkdirSync(path, { recursive: true, mode: 0o700 })
    } else {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      writeFileSync(path, tar.subarray(content, content + size), { mode: 0o600 })
    }
    start = content + Math.ceil(size / blockBytes) * blockBytes
  }
}
