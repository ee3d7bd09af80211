import { text } from 'node:stream/consumers'
import { parseJson, readText } from './read-flow.ts'

/**
 * Reads what `--input` gives: JSON, `@` and the path of a file of JSON, or `-` for the standard
 * input. Throws a `UsageError` for what is no JSON.
 */
export async function readInput(given: string): Promise<unknown> {
  if (given === '-') return parseJson(await text(process.stdin), 'the standard input')
  if (given.startsWith('@')) return parseJson(await readText(given.slice(1)), given.slice(1))
  return parseJson(given, '--input')
}
