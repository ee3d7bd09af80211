import type { Flow } from './flow.ts'
import type { JsonObject } from './json.ts'
import { currentVersion, migrateDocument } from './migrations/index.ts'

/** What a flow document is that is well formed. */
export type CheckedDocument =
  | { readonly status: 'flow'; readonly flow: Flow }
  /** Written by a newer Millrace: it is kept as it is, and cannot run here. */
  | { readonly status: 'newer'; readonly version: number; readonly document: JsonObject }

/**
 * Reads a document that `parseFlow` has accepted already, as a server has each that it answers: only
 * its version is looked at, without the schema. For what comes from elsewhere there is `parseFlow`.
 */
export function readChecked(document: JsonObject): CheckedDocument {
  if (isNewer(document)) return { status: 'newer', version: document['version'], document }
  // The caller vouches for it.
  return { status: 'flow', flow: migrateDocument(document) as unknown as Flow }
}

/** Whether a document is of a version of the format that is not known here. */
export function isNewer(document: JsonObject): document is JsonObject & {
  readonly version: number
} {
  const { format, version } = document
  return format === 'millrace/flow' && Number.isInteger(version) && Number(version) > currentVersion
}
