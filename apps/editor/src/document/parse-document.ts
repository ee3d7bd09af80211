import type { ParseResult } from '@millrace/flow'

/** Fetches what reads documents that nobody vouches for: their schema, which no flow is drawn by. */
export const loadParser = () => import('./parse-flow.ts')

/** Reads a flow document, once what reads it is there. */
export async function parseDocument(value: unknown): Promise<ParseResult> {
  const { parseFlow } = await loadParser()
  return parseFlow(value)
}
