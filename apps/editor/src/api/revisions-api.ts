import { isRecord, type JsonValue } from '@millrace/flow'
import { unreadable } from './api-error.ts'
import { request } from './request.ts'
import { textOfJson } from './text-of-json.ts'

/** A text of a flow that was saved, as the list of them tells of it. */
export interface RevisionSummary {
  readonly revision: string
  readonly savedAt: Date
  /** What a designer calls it; `undefined` while it has no name. */
  readonly name: string | undefined
  /** How many differences there are to the one before; `undefined` where it is not told. */
  readonly changes: number | undefined
}

export interface RevisionPage {
  /** The newest first. */
  readonly revisions: readonly RevisionSummary[]
  /** What to ask for the older ones with; `undefined` when there are none. */
  readonly next: string | undefined
}

/** The revisions of a flow, one page of them. */
export async function listRevisions(
  flowId: string,
  { before, signal }: { readonly before?: string | undefined; readonly signal: AbortSignal },
): Promise<RevisionPage> {
  const query = before === undefined ? '' : `?before=${encodeURIComponent(before)}`
  const { body } = await request(`${pathOf(flowId)}${query}`, { signal })
  const list = isRecord(body) ? body['revisions'] : undefined
  if (!isRecord(body) || !Array.isArray(list)) throw unreadable('list of versions')
  const next = textOfJson(body['next'], '')
  return {
    revisions: list.filter(isRecord).map(readSummary),
    next: next === '' ? undefined : next,
  }
}

/** A flow as it was saved once; one that is thinned out is `not_found`. */
export async function readRevision(
  flowId: string,
  revision: string,
  signal?: AbortSignal,
): Promise<JsonValue> {
  const path = `${pathOf(flowId)}/${encodeURIComponent(revision)}`
  const { body } = await request(path, signal === undefined ? {} : { signal })
  return body as JsonValue // it was parsed from JSON
}

/** Gives a revision a name, which keeps it for ever; `undefined` takes the name away. */
export async function nameRevision(
  flowId: string,
  revision: string,
  name: string | undefined,
): Promise<RevisionSummary> {
  const path = `${pathOf(flowId)}/${encodeURIComponent(revision)}/name`
  const { body } = await request(path, { method: 'PUT', body: { name: name ?? null } })
  if (!isRecord(body)) throw unreadable('version')
  return readSummary(body)
}

function pathOf(flowId: string): string {
  return `/flows/${encodeURIComponent(flowId)}/revisions`
}

function readSummary(summary: Readonly<Record<string, unknown>>): RevisionSummary {
  const { name, changes } = summary
  return {
    revision: textOfJson(summary['revision'], ''),
    savedAt: new Date(textOfJson(summary['savedAt'], '')),
    name: typeof name === 'string' ? name : undefined,
    changes: typeof changes === 'number' ? changes : undefined,
  }
}
