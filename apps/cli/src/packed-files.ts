import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The built parts beside the published command; none in the workspace, where the server knows their places. */
export function packedFiles(part: 'editor' | 'chat'): string | undefined {
  const directory = fileURLToPath(new URL(`./${part}`, import.meta.url))
  return existsSync(directory) ? directory : undefined
}
