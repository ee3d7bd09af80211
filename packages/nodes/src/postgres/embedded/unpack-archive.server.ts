import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const blockBytes = 512
/** Unpacked in large steps, which are put together in the end. */
const stepBytes = 4 * 1024 * 1024

/** Unpacks a gzipped tar of files and folders, as `packCluster` makes it, into a directory. */
export function unpackArchive(archive: string, directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const tar = gunzipSync(readFileSync(archive), { chunkSize: stepBytes })
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
    // A folder comes before what is in it.
    if (text(156, 1) === '5') {
      mkdirSync(path, { recursive: true, mode: 0o700 })
    } else {
      writeFileSync(path, tar.subarray(content, content + size), { mode: 0o600 })
    }
    start = content + Math.ceil(size / blockBytes) * blockBytes
  }
}
