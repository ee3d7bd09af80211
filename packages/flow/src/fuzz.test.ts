import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { checkFlow } from './check.ts'
import { diffFlows, isEmptyDiff } from './diff.ts'
import {
  addNode,
  moveNodes,
  removeNodes,
  setFlowFields,
  setNodeFields,
  setProperty,
  setPropertyPart,
} from './edit.ts'
import { attach, connect, detach, disconnect } from './edit-lines.ts'
import { findReferences } from './find-references.ts'
import type { Flow } from './flow.ts'
import { parseFlow } from './parse.ts'
import { programOf } from './program.ts'
import { renameFlowVariable } from './rename.ts'
import { scopesOf } from './scope.ts'
import { serializeFlow } from './serialize.ts'
import { fixtureRegistry } from './testing/fixture-registry.ts'
import { chatFlow, flowOf, node } from './testing/flow-of.ts'
import {
  changedDocument,
  createRandom,
  hostileTexts,
  type Random,
} from './testing/malformed-documents.ts'

const golden = new URL('./migrations/golden/', import.meta.url)

/** Where the changes start from: what was saved before, and flows of the fixture's nodes. */
const seeds: readonly string[] = [
  ...readdirSync(golden).map((file) => readFileSync(new URL(file, golden), 'utf8')),
  JSON.stringify(chatFlow()),
  JSON.stringify(
    flowOf({
      nodes: [
        node('if', 'if', { condition: { match: 'all', rows: [{ left: 1, operator: 'isEmpty' }] } }),
        node('read', 'read', { as: 'json', resultVariable: 'x' }),
        node('set', 'set', { variable: 'count', value: { $expr: 'count + x' } }),
        node('stop', 'break'),
      ],
      lines: ['if.true -> read', 'if.false -> stop', 'if.continue -> set'],
      variables: [{ name: 'count', type: 'number', value: 1 }],
    }),
  ),
]

const count = 10_000

it(
  `[F3] reads ${count} changed documents: none is a crash, none takes long, none is changed silently`,
  { timeout: 120_000 },
  () => {
    const accepted = new Set<string>()
    const wrong: string[] = []
    let slowest = 0
    for (let number = 1; number <= count; number += 1) {
      const document = changedDocument(number, seeds)
      const before = JSON.stringify(document)
      const started = performance.now()
      const result = parseFlow(document)
      const report = (what: string) => wrong.push(`${number}: ${what}`)
      if (JSON.stringify(document) !== before) report('the document was changed')
      if (result.status === 'malformed') {
        if (result.problems.length === 0) report('refused without a problem')
      } else if (result.status === 'newer') {
        if (result.document !== document) report('a newer document was not kept')
      } else {
        const text = serializeFlow(result.flow)
        const again = parseFlow(JSON.parse(text))
        if (again.status !== 'flow' || serializeFlow(again.flow) !== text) report('no fixed point')
        if (meaningOf(JSON.parse(text)) !== meaningOf(document)) report('changed silently')
        useEverywhere(result.flow, createRandom(number)).forEach(report)
        if (serializeFlow(result.flow) !== text) report('the flow was changed')
        accepted.add(text)
      }
      slowest = Math.max(slowest, performance.now() - started)
    }
    expect(wrong).toEqual([])
    expect('a' in {} || 'polluted' in {}).toBe(false)
    // The changes are neither all refused nor all harmless.
    expect(accepted.size).toBeGreaterThan(count / 50)
    expect(slowest).toBeLessThan(2000)
  },
)

it('[F3] reads texts that no program of ours would write', () => {
  for (const text of hostileTexts) {
    const document = parsed(text)
    const { status } = parseFlow(document)
    expect(['flow', 'newer', 'malformed']).toContain(status)
  }
  expect('a' in {} || 'polluted' in {}).toBe(false)
})

/** As JSON says it; a text that is none stands for itself. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Asks all that can be asked of a flow, and edits it; answers the edits that left no flow, or a diff untold. */
function useEverywhere(flow: Flow, random: Random): readonly string[] {
  const registry = fixtureRegistry
  checkFlow(flow, registry)
  const scopes = scopesOf(flow, registry, programOf(flow, registry))
  const ids = flow.nodes.map(({ id }) => id)
  const id = ids[random(Math.max(1, ids.length))] ?? 'gone'
  const other = ids[random(Math.max(1, ids.length))] ?? 'gone'
  const key = Object.keys(flow.nodes.find((node) => node.id === id)?.properties ?? {})[0] ?? 'x'
  const [name = 'x'] = scopes.at(id).map((variable) => variable.name)
  const edge = flow.edges[0] ?? { from: [id, 'next'] as const, to: other }
  const attachment = flow.attachments?.[0] ?? { host: [id, 'reducer'] as const, resource: other }
  findReferences(flow, registry, { nodeId: id, name })
  const edits: Readonly<Record<string, () => Flow>> = {
    addNode: () => addNode(flow, registry, { type: 'test.chat', position: [NaN, 1e9] }).flow,
    removeNodes: () => removeNodes(flow, registry, [id]),
    moveNodes: () => moveNodes(flow, new Map([[id, [-0, Infinity]]])),
    setNodeFields: () => setNodeFields(flow, id, { title: '\ud800', disabled: true }),
    setProperty: () => setProperty(flow, registry, { nodeId: id, key, value: 'renamed' }),
    clearProperty: () => setProperty(flow, registry, { nodeId: id, key, value: undefined }),
    setPropertyPart: () => setPropertyPart(flow, { nodeId: id, key, path: [0, 'a'], value: null }),
    setFlowFields: () => setFlowFields(flow, { name: '', description: '', tags: [''] }),
    renameFlowVariable: () => renameFlowVariable(flow, registry, { from: name, to: 'fresh' }),
    connect: () => connect(flow, registry, { from: [id, 'next'], to: other }),
    disconnect: () => disconnect(flow, edge),
    attach: () => attach(flow, registry, { host: [id, 'reducer'], resource: other }),
    detach: () => detach(flow, attachment),
  }
  // Two of them for each flow: all of them on all flows would take a minute.
  const first = random(Object.keys(edits).length)
  return Object.entries(edits).flatMap(([what, edit], index) => {
    if ((index - first) % 7 !== 0) return []
    const edited = edit()
    const isFlow = parseFlow(JSON.parse(JSON.stringify(edited))).status === 'flow'
    const isSame = serializeFlow(edited) === serializeFlow(flow)
    const isTold = isEmptyDiff(diffFlows(flow, edited, registry)) === isSame
    return isFlow && isTold ? [] : [what]
  })
}

/** The document as text, without what has no meaning: empty parts, the order of nodes, lines and tags. */
function meaningOf(document: unknown): string {
  const copy = structuredClone(document) as Record<string, unknown> // it was accepted as a flow
  dropEmpty(copy['layout'], ['nodes', 'notes'])
  dropEmpty(copy, ['tags', 'variables', 'attachments', 'layout', 'settings'])
  for (const one of copy['nodes'] as readonly unknown[]) dropEmpty(one, ['properties'])
  for (const key of ['tags', 'nodes', 'edges', 'attachments']) {
    const items = copy[key] as readonly unknown[] | undefined
    copy[key] = items?.map((item) => JSON.stringify(item, exactly)).toSorted()
  }
  return JSON.stringify(copy, exactly)
}

function dropEmpty(record: unknown, keys: readonly string[]): void {
  if (typeof record !== 'object' || record === null) return
  const parts = record as Record<string, unknown>
  for (const key of keys) {
    if (typeof parts[key] === 'object' && Object.keys(parts[key] ?? {}).length === 0)
      delete parts[key]
  }
}

/** Keys in one order, and numbers that JSON does not have by their names. */
function exactly(_: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)),
  )
}
