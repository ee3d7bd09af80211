import type { z } from 'zod'
import { flowSchema, type Flow } from './flow.ts'
import { exceedsDepth, isRecord, type JsonObject } from './json.ts'
import { currentVersion, migrateDocument } from './migrations/index.ts'
import type { Problem } from './problem.ts'

/** What an unknown value turned out to be. */
export type ParseResult =
  | { readonly status: 'flow'; readonly flow: Flow }
  /** Written by a newer Millrace: it is kept as it is, and cannot run here. */
  | { readonly status: 'newer'; readonly version: number; readonly document: JsonObject }
  /** No flow document. It is refused whole, with everything that is wrong. */
  | { readonly status: 'malformed'; readonly problems: readonly Problem[] }

/** How deep a document may nest. */
export const maxDepth = 64

/**
 * Reads a flow document. Nothing is dropped or mended: what is not understood is a problem. An
 * unfinished flow, with broken references say, is well formed; `checkFlow` finds those.
 */
export function parseFlow(value: unknown): ParseResult {
  if (!isRecord(value)) return malformed('A flow document is a JSON object.', [])
  if (exceedsDepth(value, maxDepth)) {
    return malformed(`The document nests deeper than ${maxDepth} levels.`, [])
  }
  const hostile = findProtoKey(value, [])
  if (hostile !== undefined) return malformed('The name "__proto__" is refused.', hostile)
  const document = value as JsonObject // a JSON object; anything else is refused by the schema
  if (document['format'] === 'millrace/flow' && isNewer(document['version'])) {
    return { status: 'newer', version: document['version'], document }
  }
  const result = flowSchema.safeParse(migrateDocument(document))
  if (!result.success) {
    return { status: 'malformed', problems: result.error.issues.flatMap(problemsOfIssue) }
  }
  const problems = findDanglingNames(result.data)
  if (problems.length > 0) return { status: 'malformed', problems }
  return { status: 'flow', flow: result.data }
}

function isNewer(version: unknown): version is number {
  return typeof version === 'number' && Number.isInteger(version) && version > currentVersion
}

function malformed(message: string, path: readonly (string | number)[]): ParseResult {
  return { status: 'malformed', problems: [problemAt(message, path)] }
}

function problemAt(message: string, path: readonly (string | number)[]): Problem {
  const place = path.length === 0 ? '' : `At ${formatPath(path)}: `
  return { code: 'document_malformed', severity: 'error', message: `${place}${message}`, path }
}

function formatPath(path: readonly (string | number)[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('')
}

function findProtoKey(
  value: unknown,
  path: readonly (string | number)[],
): readonly (string | number)[] | undefined {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = findProtoKey(item, [...path, index])
      if (found !== undefined) return found
    }
    return undefined
  }
  if (!isRecord(value)) return undefined
  for (const key of Object.keys(value)) {
    const found = key === '__proto__' ? [...path, key] : findProtoKey(value[key], [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}

function problemsOfIssue(issue: z.core.$ZodIssue): readonly Problem[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      problemAt(`"${key}" is not known in version ${currentVersion} of the format. Remove it.`, [
        ...path,
        key,
      ]),
    )
  }
  if (issue.code === 'invalid_key') {
    return [problemAt(issue.issues[0]?.message ?? 'This name is refused.', path)]
  }
  return [problemAt(issue.message, path)]
}

/** Ids that are given twice, and edges, attachments and positions of nodes that do not exist. */
function findDanglingNames(flow: Flow): readonly Problem[] {
  const problems: Problem[] = []
  const ids = new Set<string>()
  for (const [index, { id }] of flow.nodes.entries()) {
    if (ids.has(id))
      problems.push(problemAt(`Two nodes have the id "${id}".`, ['nodes', index, 'id']))
    ids.add(id)
  }
  const expectNode = (id: string, path: readonly (string | number)[]) => {
    if (!ids.has(id)) problems.push(problemAt(`There is no node "${id}".`, path))
  }
  for (const [index, { from, to }] of flow.edges.entries()) {
    expectNode(from[0], ['edges', index, 'from'])
    expectNode(to, ['edges', index, 'to'])
  }
  for (const [index, { host, resource }] of (flow.attachments ?? []).entries()) {
    expectNode(host[0], ['attachments', index, 'host'])
    expectNode(resource, ['attachments', index, 'resource'])
  }
  for (const id of Object.keys(flow.layout?.nodes ?? {})) expectNode(id, ['layout', 'nodes', id])
  return problems
}
