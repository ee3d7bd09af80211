/**
 * Documents that somebody, or something, broke: sound ones with a few places changed, and texts that
 * no program of ours would write. Each is made from its number, so that a failure is found again.
 */

/** A small generator of numbers below a limit. */
export type Random = (below: number) => number

export function createRandom(seed: number): Random {
  let state = Math.imul(seed, 2_654_435_761)
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    return (state >>> 0) % below
  }
}

/** What is put where something else belongs, as JSON. */
const odd: readonly string[] = [
  ...['null', 'true', '0', '-1', '-0', '1e308', '1e999', '1.5', '""', '[]', '{}', '" "', '"1a"'],
  ...['"a"', '"trigger"', '"next"', '"continue"', '"millrace/flow"', '"test.chat"', '"flow.if"'],
  ...['"__proto__"', '"constructor"', '"prototype"', '"toString"', '"\\ud800"', '"a\\udc00b"'],
  ...['"\\u0000"', '"😀"', '"\\u202e"', `"${'x'.repeat(70)}"`, `"${'x'.repeat(300_000)}"`],
  ...['{"$ref":"a"}', '{"$ref":1}', '{"$ref":"a.b[0][\\"c\\"]"}', '{"$ref":"__proto__.x"}'],
  ...['{"$ref":"message","$expr":"1"}', '{"$text":[[]]}', '{"$text":["a",{"$ref":"a"}]}'],
  ...['{"$expr":"1 +"}', '{"$expr":"x.map(x, x)"}', '{"$expr":"constructor.constructor"}'],
  ...['{"$literal":{"$ref":"a"}}', '{"$literal":{"$literal":1}}', '{"$proto":1}'],
  ...['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}'],
  ...['[["a","next"],"b"]', '{"from":["a","next"],"to":"a"}', '{"id":"a","type":"test.chat"}'],
  ...['{"host":["a","reducer"],"resource":"a"}', '{"match":"all","rows":[{"left":null}]}'],
  ...[
    '[{"id":"c","name":"C","condition":{"$expr":"true"}}]',
    '[{"name":"x","value":{"$ref":"x"}}]',
  ],
  nested('[', ']', 100),
  nested('{"a":', '}', 100, '1'),
]

function nested(open: string, close: string, depth: number, inside = ''): string {
  return open.repeat(depth) + inside + close.repeat(depth)
}

/** Texts that stand for a document as they are. */
export const hostileTexts: readonly string[] = [
  ...['', ' ', '\uFEFF{}', '\0', '{', 'null', '[]', '"text"', '1e999', '{"a":1,"a":2}', '{}{}'],
  '{"format":"millrace/flow","version":1,"version":2,"id":"a","name":"A","nodes":[],"edges":[]}',
  '{"format":"millrace/flow","version":1,"id":"a","name":"A","nodes":[],"edges":[],"__proto__":{}}',
  '{"format":"millrace/flow","version":99,"id":"a","nodes":"another shape"}',
  '{"format":"millrace/flow","version":1e999,"id":"a","name":"A","nodes":[],"edges":[]}',
  '{"format":"millrace/flow","version":1,"id":"a","name":"A\\u0000\\ud800","nodes":[],"edges":[]}',
  nested('[', ']', 10_000),
  nested('{"a":', '}', 10_000, '1'),
  `{"format":"millrace/flow","version":1,"id":"a","name":"A","nodes":${nested('[', ']', 10_000)},"edges":[]}`,
  `{"format":"millrace/flow","version":2,"id":"a","nodes":${nested('[', ']', 10_000)}}`,
  documentOf(Array.from({ length: 5000 }, (_, index) => ({ id: `n${index}`, type: 'a.b' }))),
  documentOf(Array.from({ length: 2000 }, () => ({ id: 'same', type: 'a.b' }))),
  documentOf([{ id: 'a', type: 'a.b', properties: { list: Array(100_000).fill(0) } }]),
]

function documentOf(nodes: readonly unknown[]): string {
  const head = { format: 'millrace/flow', version: 1, id: 'a', name: 'A' }
  return JSON.stringify({ ...head, nodes, edges: [] })
}

/** The document of a number: one of the sources with one to five places changed. */
export function changedDocument(number: number, sources: readonly string[]): unknown {
  const random = createRandom(number)
  const document: unknown = JSON.parse(sources[random(sources.length)] ?? '{}')
  for (let changes = 1 + random(5); changes > 0; changes -= 1) change(document, random)
  return document
}

type Container = unknown[] | Record<string, unknown>

/** Every list and object of a document, itself included. */
function containersIn(value: unknown): readonly Container[] {
  if (typeof value !== 'object' || value === null) return []
  return [value as Container, ...Object.values(value).flatMap(containersIn)] // one of the two
}

const names = [
  'extra',
  '__proto__',
  'constructor',
  'id',
  '$ref',
  'properties',
  'version',
  '$schema',
]

/** Changes one place of a document: takes out, doubles, turns round, swaps, or puts in something odd. */
function change(document: unknown, random: Random): void {
  const containers = containersIn(document)
  const container = containers[random(containers.length)]
  if (container === undefined) return
  const keys = Object.keys(container)
  const key = keys[random(Math.max(1, keys.length))] ?? 'key'
  const other = containers[random(containers.length)]
  const any: unknown = JSON.parse(odd[random(odd.length)] ?? 'null')
  switch (random(8)) {
    case 0:
      if (Array.isArray(container)) container.splice(Number(key) || 0, 1)
      else delete container[key]
      return
    case 1:
    case 2:
      put(container, key, any)
      return
    case 3:
      put(container, names[random(names.length)] ?? '', any)
      return
    case 4:
      if (Array.isArray(container)) container.push(copyOf(container[Number(key) || 0]))
      return
    case 5:
      if (Array.isArray(container)) container.reverse()
      return
    case 6:
      rewire(document, random)
      return
    default: {
      const values = Object.values(other ?? {})
      put(container, key, copyOf(values[random(Math.max(1, values.length))]))
    }
  }
}

/** Adds an edge or an attachment between any two nodes: to itself, in a circle, or to one that is gone. */
function rewire(document: unknown, random: Random): void {
  if (typeof document !== 'object' || document === null) return
  const parts = document as Readonly<Record<string, unknown>> // an object of any keys
  const ids = Array.isArray(parts['nodes'])
    ? parts['nodes'].map((node: unknown) => Object(node)['id'] as unknown)
    : []
  const anyId = () => (random(8) === 0 ? 'gone' : ids[random(Math.max(1, ids.length))])
  const port = ['next', 'continue', 'true', 'forEachMessage', 'case.c', 'reducer'][random(6)]
  if (random(3) > 0 && Array.isArray(parts['edges'])) {
    parts['edges'].push({ from: [anyId(), port], to: anyId() })
  } else if (Array.isArray(parts['attachments'])) {
    parts['attachments'].push({ host: [anyId(), port], resource: anyId() })
  }
}

function copyOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null))
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
