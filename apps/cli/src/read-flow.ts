import { readFile, writeFile } from 'node:fs/promises'
import { parseFlow, type Flow, type Problem } from '@millrace/flow'
import { UsageError } from './exit-code.ts'

/** A flow file, or the problems that make it none. */
export type FlowFile =
  | { readonly status: 'flow'; readonly flow: Flow }
  | { readonly status: 'malformed'; readonly problems: readonly Problem[] }

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

/** The problem of a file that cannot be read, where it is one among others. */
export function unreadable({ message }: UsageError): Problem {
  return { code: 'document_malformed', severity: 'error', message }
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
