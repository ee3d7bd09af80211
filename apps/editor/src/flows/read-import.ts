import { connectionsOf, parseFlow, type Flow, type Problem } from '@millrace/flow'
import { registry } from '../registry.ts'

/** A connection that an imported flow asks for. */
export interface NeededConnection {
  readonly id: string
  /** The kinds that fit the nodes which use it. */
  readonly kinds: readonly string[]
  readonly isHere: boolean
}

/** What a text that should be a flow turned out to be. */
export type ImportedFlow =
  | {
      readonly status: 'flow'
      readonly flow: Flow
      readonly connections: readonly NeededConnection[]
    }
  | { readonly status: 'newer'; readonly version: number }
  | { readonly status: 'malformed'; readonly problems: readonly Problem[] }

/** Reads a flow from the text of a file or the clipboard, with everything that is wrong with it. */
export function readImport(
  text: string,
  known: readonly { readonly id: string; readonly kind: string }[],
): ImportedFlow {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { status: 'malformed', problems: [notJson(text, error)] }
  }
  const parsed = parseFlow(value)
  switch (parsed.status) {
    case 'malformed':
      return parsed
    case 'newer':
      return { status: 'newer', version: parsed.version }
    case 'flow': {
      const needed = [...connectionsOf(parsed.flow, registry)].map(([id, kinds]) => ({
        id,
        kinds,
        isHere: known.some((other) => other.id === id && kinds.includes(other.kind)),
      }))
      return { status: 'flow', flow: parsed.flow, connections: needed }
    }
  }
}

function notJson(text: string, error: unknown): Problem {
  const isFlowLike = text.trimStart().startsWith('{')
  const reason = error instanceof Error ? error.message : ''
  return {
    code: 'document_malformed',
    severity: 'error',
    message: isFlowLike
      ? `This is not JSON: ${reason}. Look for a missing comma or quote there.`
      : 'This is no flow: a flow is a JSON document that starts with {. Choose a file that Millrace exported.',
    path: [],
  }
}
