import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { checkFlow } from './check.ts'
import { parseFlow } from './parse.ts'
import { serializeFlow } from './serialize.ts'
import { fixtureRegistry } from './testing/fixture-registry.ts'
import { chatFlow, flowOf, node } from './testing/flow-of.ts'

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

/** A small generator of numbers, so that a failure is found again by its number. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    return (state >>> 0) % below
  }
}

const odd: readonly string[] = [
  ...['null', 'true', '0', '-1', '1e308', '1.5', '""', '"__proto__"', '"constructor"', '[]', '{}'],
  ...['"a"', '"trigger"', '"next"', '"millrace/flow"', '"\\ud800"', '"\\u0000"', '"😀"', '" "'],
  ...['{"$ref":"a"}', '{"$ref":1}', '{"$expr":"1 +"}', '{"$expr":"x.map(x, x)"}', '{"$text":[[]]}'],
  ...['{"__proto__":{"a":1}}', '{"$ref":"a.b[0][\\"c\\"]"}', '{"$literal":{"$ref":"a"}}', '"1a"'],
  ...[`${'['.repeat(100)}${']'.repeat(100)}`, `"${'x'.repeat(70)}"`, `"${'x'.repeat(300_000)}"`],
  ...['[["a","next"],"b"]', '{"from":["a","next"],"to":"a"}', '{"id":"a","type":"test.chat"}'],
]

type Container = unknown[] | Record<string, unknown>

/** Every list and object of a document, itself included. */
function containersIn(value: unknown): readonly Container[] {
  if (typeof value !== 'object' || value === null) return []
  return [value as Container, ...Object.values(value).flatMap(containersIn)] // one of the two
}

/** Changes one place of a document: takes out, doubles, swaps, or puts in something odd. */
function mutate(document: unknown, random: (below: number) => number): void {
  const containers = containersIn(document)
  const container = containers[random(containers.length)]
  if (container === undefined) return
  const keys = Object.keys(container)
  const key = keys[random(Math.max(1, keys.length))] ?? 'key'
  const other = containers[random(containers.length)]
  const any: unknown = JSON.parse(odd[random(odd.length)] ?? 'null')
  switch (random(6)) {
    case 0:
      if (Array.isArray(container)) container.splice(Number(key) || 0, 1)
      else delete container[key]
      return
    case 1:
      put(container, key, any)
      return
    case 2:
      put(container, ['extra', '__proto__', 'id', '$ref', 'properties'][random(5)] ?? '', any)
      return
    case 3:
      if (Array.isArray(container)) container.push(structuredClone(container[Number(key) || 0]))
      return
    case 4:
      if (Array.isArray(container)) container.reverse()
      return
    default: {
      const values = Object.values(other ?? {})
      put(container, key, structuredClone(values[random(Math.max(1, values.length))] ?? null))
    }
  }
}

function put(container: Container, key: string, value: unknown): void {
  const place = Array.isArray(container) ? String(Number(key) || container.length) : key
  Object.defineProperty(container, place, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  })
}

const count = process.env['CI'] === undefined ? 10_000 : 2000

it(
  `reads ${count} changed documents: none is a crash, none takes long, none is changed silently`,
  { timeout: 120_000 },
  () => {
    const accepted = new Set<string>()
    let slowest = 0
    for (let seed = 1; seed <= count; seed += 1) {
      const random = createRandom(seed * 2_654_435_761)
      const document: unknown = JSON.parse(seeds[random(seeds.length)] ?? '{}')
      for (let changes = 1 + random(5); changes > 0; changes -= 1) mutate(document, random)
      const before = JSON.stringify(document)
      const started = performance.now()
      const result = parseFlow(document)
      expect(JSON.stringify(document), `seed ${seed}`).toBe(before)
      if (result.status === 'malformed') {
        expect(result.problems.length, `seed ${seed}`).toBeGreaterThan(0)
      } else if (result.status === 'newer') {
        expect(result.document, `seed ${seed}`).toBe(document)
      } else {
        const text = serializeFlow(result.flow)
        const again = parseFlow(JSON.parse(text))
        expect(again.status === 'flow' && serializeFlow(again.flow), `seed ${seed}`).toBe(text)
        expect(sorted(JSON.parse(text)), `seed ${seed}`).toEqual(
          sorted(withoutEmptyParts(document)),
        )
        checkFlow(result.flow, fixtureRegistry)
        accepted.add(text)
      }
      slowest = Math.max(slowest, performance.now() - started)
    }
    expect('a' in {}).toBe(false)
    // The changes are neither all refused nor all harmless.
    expect(accepted.size).toBeGreaterThan(count / 50)
    expect(slowest).toBeLessThan(2000)
  },
)

/** What is left out of the canonical text without loss: empty parts. */
function withoutEmptyParts(document: unknown): unknown {
  const copy = structuredClone(document) as Record<string, unknown> // it was accepted as a flow
  dropEmpty(copy['layout'], ['nodes', 'notes'])
  dropEmpty(copy, ['variables', 'attachments', 'layout', 'settings'])
  for (const one of copy['nodes'] as readonly unknown[]) dropEmpty(one, ['properties'])
  return copy
}

function dropEmpty(record: unknown, keys: readonly string[]): void {
  if (typeof record !== 'object' || record === null) return
  const parts = record as Record<string, unknown>
  for (const key of keys) {
    if (typeof parts[key] === 'object' && Object.keys(parts[key] ?? {}).length === 0)
      delete parts[key]
  }
}

/** The document with its lists that have no order of their own in one order. */
function sorted(document: unknown): unknown {
  const copy = document as Record<string, readonly unknown[] | undefined>
  const byJson = (items: readonly unknown[] | undefined) =>
    items?.map((item) => JSON.stringify(item, sortKeys)).toSorted()
  return {
    ...copy,
    nodes: byJson(copy['nodes']),
    edges: byJson(copy['edges']),
    attachments: byJson(copy['attachments']),
  }
}

function sortKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)),
  )
}
