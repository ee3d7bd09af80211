import { stat } from 'node:fs/promises'

/** Whether there is a file or a folder at a path. */
export async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}

/** Whether a path is a folder; what is not there is none, and reading it says so. */
export async function isFolder(path: string): Promise<boolean> {
  const entry = await stat(path).catch(() => undefined)
  return entry?.isDirectory() === true
}
