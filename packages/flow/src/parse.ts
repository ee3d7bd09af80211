import { flowSchema } from './flow.ts'
import { exceedsDepth, isRecord, type JsonObject } from './json.ts'
import {
  findProtoKeys,
  maxDepth,
  problemsOfSchema,
  problemAt,
  shortened,
  type Path,
} from './malformed.ts'
import { migrateDocument } from './migrations/index.ts'
import type { Problem } from './problem.ts'
import { isNewer, type CheckedDocument } from './read-checked.ts'

/** What an unknown value turned out to be. */
export type ParseResult =
  | CheckedDocument
  /** No flow document. It is refused whole, with everything that is wrong. */
  | { readonly status: 'malformed'; readonly problems: readonly Problem[] }

/**
 * Reads a flow document. Nothing is dropped or mended: what is not understood is a problem. An
 * unfinished flow, with broken references say, is well formed; `checkFlow` finds those.
 */
export function parseFlow(value: unknown): ParseResult {
  if (!isRecord(value)) return malformed([problemAt('A flow document is a JSON object.', [])])
  if (exceedsDepth(value, maxDepth)) {
    return malformed([problemAt(`The document nests deeper than ${maxDepth} levels.`, [])])
  }
  const hostile = findProtoKeys(value)
  const document = value as JsonObject // a JSON object; anything else is refused by the schema
  if (hostile.length === 0 && isNewer(document)) {
    return { status: 'newer', version: document['version'], document }
  }
  const migrated = migrateDocument(document)
  const result = flowSchema.safeParse(migrated)
  const problems = [...hostile, ...problemsOfSchema(result.error), ...findMisnamed(migrated)]
  return problems.length === 0 && result.success
    ? { status: 'flow', flow: result.data }
    : malformed(problems)
}

function malformed(problems: readonly Problem[]): ParseResult {
  return { status: 'malformed', problems: shortened(problems) }
}

/** Ids that are given twice, and edges, attachments and positions of nodes that do not exist. */
function findMisnamed(document: JsonObject): readonly Problem[] {
  const problems: Problem[] = []
  const nodes = listOf(document['nodes'])
  const layout = isRecord(document['layout']) ? document['layout'] : {}
  const ids = readIds(nodes, (id, index) => {
    problems.push(problemAt(`Two nodes have the id "${id}".`, ['nodes', index, 'id']))
  })
  readIds(listOf(layout['notes']), (id, index) => {
    problems.push(problemAt(`Two notes have the id "${id}".`, ['layout', 'notes', index, 'id']))
  })
  const expectNode = (id: unknown, path: Path) => {
    if (typeof id === 'string' && !ids.has(id)) {
      problems.push(problemAt(`There is no node "${id.slice(0, 70)}".`, path))
    }
  }
  for (const [index, edge] of listOf(document['edges']).entries()) {
    if (!isRecord(edge)) continue
    expectNode(listOf(edge['from'])[0], ['edges', index, 'from'])
    expectNode(edge['to'], ['edges', index, 'to'])
  }
  for (const [index, attachment] of listOf(document['attachments']).entries()) {
    if (!isRecord(attachment)) continue
    expectNode(listOf(attachment['host'])[0], ['attachments', index, 'host'])
    expectNode(attachment['resource'], ['attachments', index, 'resource'])
  }
  const positions = isRecord(layout['nodes']) ? layout['nodes'] : {}
  for (const id of Object.keys(positions)) expectNode(id, ['layout', 'nodes', id])
  return problems
}

function readIds(
  items: readonly unknown[],
  reportTwice: (id: string, index: number) => void,
): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const [index, item] of items.entries()) {
    const id = isRecord(item) ? item['id'] : undefined
    if (typeof id !== 'string') continue
    if (ids.has(id)) reportTwice(id, index)
    ids.add(id)
  }
  return ids
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
