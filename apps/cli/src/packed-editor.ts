import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The editor beside the published command; none in the workspace, where the server knows its place. */
export function packedEditor(): string | undefined {
  const directory = fileURLToPath(new URL('./editor', import.meta.url))
  return existsSync(directory) ? directory : undefined
}
