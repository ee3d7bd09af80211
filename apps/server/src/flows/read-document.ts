import {
  FlowError,
  isSlug,
  parseFlow,
  serializeFlow,
  type Flow,
  type JsonObject,
  type Problem,
} from '@millrace/flow'

/** A flow document that may be stored, and the text it is stored as. */
export interface FlowDocument {
  readonly id: string
  readonly text: string
}

/** What the text of a stored flow turns out to be. */
export type ReadFlow =
  | { readonly status: 'flow'; readonly flow: Flow }
  | { readonly status: 'newer'; readonly version: number; readonly document: JsonObject }
  /** What was stored is damaged: it is shown as such, and kept. */
  | { readonly status: 'unreadable'; readonly problems: readonly Problem[] }

/**
 * A body as a document to store: a flow in its canonical text, one of a newer version as it came.
 * Throws `bad_request` with every problem of anything else.
 */
export function readDocument(body: unknown): FlowDocument {
  const parsed = parseFlow(body)
  switch (parsed.status) {
    case 'flow':
      return { id: parsed.flow.id, text: serializeFlow(parsed.flow) }
    case 'newer': {
      const { id } = parsed.document
      if (typeof id === 'string' && isSlug(id)) {
        return { id, text: `${JSON.stringify(parsed.document, null, 2)}\n` }
      }
      throw new FlowError(
        'bad_request',
        `The document is of version ${parsed.version} and has no usable id. Give it one of lower-case letters, digits and hyphens.`,
        { property: 'id' },
      )
    }
    case 'malformed':
      throw malformedError(parsed.problems)
  }
}

/** Reads the text of a stored flow. */
export function readStored(text: string): ReadFlow {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const message = 'What is stored is not JSON.'
    return {
      status: 'unreadable',
      problems: [{ code: 'document_malformed', severity: 'error', message }],
    }
  }
  const parsed = parseFlow(value)
  return parsed.status === 'malformed'
    ? { status: 'unreadable', problems: parsed.problems }
    : parsed
}

/** The error of a body that is no flow document. */
export function malformedError(problems: readonly Problem[]): FlowError {
  const [first] = problems
  const more = problems.length > 1 ? ` And ${problems.length - 1} more.` : ''
  return new FlowError(
    'bad_request',
    `This is not a flow document. ${first?.message ?? ''}${more}`,
    {
      ...(first?.path === undefined ? {} : { property: first.path.join('.') }),
      details: { problems },
    },
  )
}

/** The error of a stored flow that cannot be shown or run; its text comes with it, for rescue. */
export function unreadableError(
  { id, text }: { id: string; text: string },
  problems: readonly Problem[],
): FlowError {
  return new FlowError(
    'flow_invalid',
    `The stored document of the flow "${id}" is damaged. Save a good version over it, or delete it; what is stored stands in details.text.`,
    { details: { problems, text } },
  )
}
