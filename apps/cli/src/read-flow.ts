import { readFile, writeFile } from 'node:fs/promises'
import { parseFlow, type Flow, type Problem } from '@millrace/flow'
import { UsageError } from './exit-code.ts'

/** A flow file, or the problems that make it none. */
export type FlowFile = { readonly status: 'flow'; readonly flow: Flow } | MalformedFile

/** What makes a file none of the kind that it should be. */
export interface MalformedFile {
  readonly status: 'malformed'
  readonly problems: readonly Problem[]
}

/** Reads a flow file. Throws a `UsageError` when there is no such file. */
export async function readFlow(path: string): Promise<FlowFile> {
  const parsed = parseFlow(parseJson(await readText(path), path))
  if (parsed.status !== 'newer') return parsed
  return {
    status: 'malformed',
    problems: [
      {
        code: 'version_newer',
        severity: 'error',
        message: `The file is of version ${parsed.version} of the format, made by a newer Millrace. Update to read it.`,
      },
    ],
  }
}

/** For one file among others, which go on: that it cannot be read is a problem of that file. */
export async function orMalformed<File>(read: Promise<File>): Promise<File | MalformedFile> {
  try {
    return await read
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const { message } = error
    const problem = { code: 'document_malformed', severity: 'error', message } as const
    return { status: 'malformed', problems: [problem] }
  }
}

/** Reads a file as text. Throws a `UsageError` when it cannot. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new UsageError(`"${path}" cannot be read (${whyOf(error)}). Check the path.`)
  }
}

/** Writes a file of text. Throws a `UsageError` when it cannot. */
export async function writeText(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text)
  } catch (error) {
    throw new UsageError(`"${path}" cannot be written (${whyOf(error)}). Check the path.`)
  }
}

/** What the system calls it: `ENOENT`. */
export function whyOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}

/** Parses JSON that came from somewhere; throws a `UsageError` that names it. */
export function parseJson(text: string, from: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : ''
    throw new UsageError(`"${from}" is no JSON: ${why}`)
  }
}
