import type { JsonObject } from '../json.ts'

/** The version of the document format that this code writes. */
export const currentVersion = 1

/** Brings a document from one version to the next. Pure; imports no live code, so it never changes. */
export interface FlowMigration {
  readonly from: number
  readonly migrate: (document: JsonObject) => JsonObject
}

/** Every step there has ever been, in order; up-only. Version 1 is the first, so there is none yet. */
const migrations: readonly FlowMigration[] = []

/** Brings a document of an older version up to the current one; `steps` are all there are. */
export function migrateDocument(
  document: JsonObject,
  steps: readonly FlowMigration[] = migrations,
): JsonObject {
  return steps.reduce(
    (current, { from, migrate }) => (current['version'] === from ? migrate(current) : current),
    document,
  )
}
