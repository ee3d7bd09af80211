import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** An empty folder of its own for tests, which remove it. */
export interface TestFolder {
  readonly path: string
  /** Writes a text as it is, and anything else as JSON; answers with the whole path. */
  write(name: string, content: unknown): Promise<string>
  remove(): Promise<void>
}

export async function makeTestFolder(): Promise<TestFolder> {
  const path = await mkdtemp(join(tmpdir(), 'millrace-cli-'))
  return {
    path,
    async write(name, content) {
      const file = join(path, name)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
      return file
    },
    remove: () => rm(path, { recursive: true }),
  }
}
