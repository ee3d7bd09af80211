import { Session } from 'node:inspector'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFlow } from './check.ts'
import { setProperty } from './edit.ts'
import { findReferences, type VariableId } from './find-references.ts'
import type { Flow, FlowNode } from './flow.ts'
import { hasErrors, type Problem } from './problem.ts'
import { renameFlowVariable } from './rename.ts'
import { scopesOf } from './scope.ts'
import { serializeFlow } from './serialize.ts'
import { anyFlow } from './testing/any-flow.ts'
import { fixtureRegistry } from './testing/fixture-registry.ts'
import { flowOf, node } from './testing/flow-of.ts'
import { createRandom, type Random } from './testing/malformed-documents.ts'
import { soundFlow } from './testing/sound-flow.ts'

const numbers = Array.from({ length: 60 }, (_, index) => index + 1)

function check(flow: Flow): readonly Problem[] {
  return checkFlow(flow, fixtureRegistry)
}

/** A problem without its place in the document, which another order moves. */
function withoutPath({ code, severity, message, nodeId, property, part }: Problem): object {
  return { code, severity, message, nodeId, property, part }
}

/** A problem without its words, in which names stand. */
function placeOf({ code, severity, nodeId, property }: Problem): string {
  return `${severity} ${code} ${nodeId} ${property}`
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => [random(1_000_000), item] as const)
    .toSorted(([left], [right]) => left - right)
    .map(([, item]) => item)
}

/** The same flow, with everything that has no order of its own in another order. */
function inAnotherOrder(flow: Flow, random: Random): Flow {
  const { layout, ...rest } = flow
  const keys = (record: object) => Object.fromEntries(shuffled(Object.entries(record), random))
  const nodes = shuffled(flow.nodes, random).map((one) => ({
    ...(keys(one) as unknown as FlowNode), // the same keys
    ...(one.properties === undefined
      ? {}
      : { properties: keys(one.properties) as NonNullable<FlowNode['properties']> }),
  }))
  return {
    ...rest,
    nodes,
    edges: shuffled(flow.edges, random),
    ...(flow.attachments === undefined ? {} : { attachments: shuffled(flow.attachments, random) }),
    ...(layout === undefined ? {} : { layout: { ...layout, nodes: keys(layout.nodes ?? {}) } }),
  }
}

it(
  '[F20] finds the same in the same order, whatever the order of the document',
  { timeout: 30_000 },
  () => {
    fc.assert(
      fc.property(anyFlow, fc.integer({ min: 1, max: 1e6 }), (flow, number) => {
        const other = inAnotherOrder(flow, createRandom(number))
        expect(serializeFlow(other)).toBe(serializeFlow(flow))
        expect(check(other).map(withoutPath)).toEqual(check(flow).map(withoutPath))
      }),
      { seed: 11, numRuns: 200 },
    )
  },
)

describe('a flow of random nodes that fit', { timeout: 30_000 }, () => {
  it('[F21] has no error, and has a node, a block and a reference more often than not', () => {
    const flows = numbers.map((number) => soundFlow(createRandom(number), fixtureRegistry))
    expect(flows.filter((flow) => hasErrors(check(flow)))).toEqual([])
    const texts = flows.map((flow) => serializeFlow(flow))
    expect(flows.filter(({ nodes }) => nodes.length > 4).length).toBeGreaterThan(30)
    expect(texts.filter((text) => text.includes('$ref')).length).toBeGreaterThan(30)
    expect(texts.filter((text) => text.includes('"item"')).length).toBeGreaterThan(8)
  })

  it('[F21] with two mistakes has both, each at its node', () => {
    const wrong: string[] = []
    for (const number of numbers) {
      const random = createRandom(number)
      const flow = soundFlow(random, fixtureRegistry)
      const [first, second] = shuffled(flow.nodes, random)
      if (first === undefined || second === undefined) continue
      const [one, other] = shuffled(mistakes, random)
      if (one === undefined || other === undefined) continue
      const broken = {
        ...flow,
        nodes: flow.nodes.map((node) =>
          node === first ? one.make(node) : node === second ? other.make(node) : node,
        ),
      }
      const found = check(broken).map(({ code, nodeId }) => `${code} ${nodeId}`)
      for (const wanted of [`${one.code} ${first.id}`, `${other.code} ${second.id}`]) {
        if (!found.includes(wanted)) wrong.push(`${number}: ${wanted}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

interface Mistake {
  readonly code: string
  readonly make: (node: FlowNode) => FlowNode
}

const mistakes: readonly Mistake[] = [
  { code: 'node_unknown', make: (one) => ({ ...one, type: 'nobody.knows' }) },
  { code: 'node_newer', make: (one) => ({ ...one, version: 99 }) },
  {
    code: 'property_unknown',
    make: (one) => ({ ...one, properties: { ...one.properties, nowhere: 1 } }),
  },
]

it(
  '[F21] lists all there is: what is cleared as it says leaves none of the kind',
  { timeout: 30_000 },
  () => {
    const codes = new Set(['property_unknown', 'property_invalid', 'expression_invalid'])
    const ofKinds = (flow: Flow) => check(flow).filter(({ code }) => codes.has(code))
    fc.assert(
      fc.property(anyFlow, (flow) => {
        const wrong = new Set(ofKinds(flow).map(({ nodeId, property }) => `${nodeId} ${property}`))
        const nodes = flow.nodes.map((one) => ({
          ...one,
          properties: Object.fromEntries(
            Object.entries(one.properties ?? {}).filter(([key]) => !wrong.has(`${one.id} ${key}`)),
          ),
        }))
        expect(ofKinds({ ...flow, nodes })).toEqual([])
      }),
      { seed: 12, numRuns: 200 },
    )
  },
)

describe('a new name', { timeout: 30_000 }, () => {
  const nameable = (flow: Flow) =>
    scopesOf(flow, fixtureRegistry).declared.flatMap(({ name, origin }): readonly VariableId[] => [
      { name, nodeId: origin.kind === 'flow' ? undefined : origin.nodeId },
    ])

  function rename(flow: Flow, { nodeId, name }: VariableId, to: string): Flow {
    if (nodeId === undefined) {
      return renameFlowVariable(flow, fixtureRegistry, { from: name, to })
    }
    const { type = '', properties = {} } = flow.nodes.find(({ id }) => id === nodeId) ?? {}
    const definition = fixtureRegistry.nodes.get(type)
    const key = Object.keys(definition?.properties ?? {}).find(
      (one) =>
        definition?.properties[one]?.kind === 'variableName' &&
        (properties[one] ?? definition.properties[one].default) === name,
    )
    return setProperty(flow, fixtureRegistry, { nodeId, key: key ?? '', value: to })
  }

  it('[F36] that is free changes no problem, and is reached by what the old one was', () => {
    for (const number of numbers) {
      const flow = soundFlow(createRandom(number), fixtureRegistry)
      for (const variable of nameable(flow)) {
        const renamed = rename(flow, variable, 'quiteNew')
        expect(check(renamed).map(placeOf)).toEqual(check(flow).map(placeOf))
        expect(findReferences(renamed, fixtureRegistry, { ...variable, name: 'quiteNew' })).toEqual(
          findReferences(flow, fixtureRegistry, variable),
        )
      }
    }
  })

  it('[F36] that is taken never makes a reference mean another variable', () => {
    const captured: string[] = []
    for (const number of numbers.slice(0, 20)) {
      const flow = soundFlow(createRandom(number), fixtureRegistry)
      const all = nameable(flow)
      for (const [variable, other] of all.flatMap((one) => all.map((two) => [one, two] as const))) {
        // A block variable and an output of one node are told apart by their names alone.
        if (variable.nodeId === other.nodeId) continue
        const renamed = rename(flow, variable, other.name)
        const before = findReferences(flow, fixtureRegistry, other)
        for (const { nodeId, property } of findReferences(renamed, fixtureRegistry, other)) {
          const was = before.some((one) => one.nodeId === nodeId && one.property === property)
          if (!was) captured.push(`${number}: ${nodeId}.${property} means ${other.name}`)
        }
      }
    }
    expect(captured).toEqual([])
  })
})

describe('the work of a check', () => {
  /** How often functions of this package were called meanwhile. */
  async function callsDuring(work: () => void): Promise<number> {
    const session = new Session()
    session.connect()
    const post = (method: string, parameters?: object) =>
      new Promise<unknown>((resolve, reject) =>
        session.post(method, parameters, (error, result) =>
          error === null ? resolve(result) : reject(error),
        ),
      )
    try {
      await post('Profiler.enable')
      await post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
      work()
      const { result } = (await post('Profiler.takePreciseCoverage')) as Coverage
      return result
        .filter(({ url }) => url.includes('/packages/flow/src/') && !url.includes('.test.'))
        .flatMap(({ functions }) => functions)
        .flatMap(({ ranges }) => ranges.slice(0, 1))
        .reduce((sum, { count }) => sum + count, 0)
    } finally {
      session.disconnect()
    }
  }

  const ids = (count: number) => Array.from({ length: count }, (_, index) => `node${index}`)
  const long = 'aVeryLongNameThatIsLikeEveryOtherNameButForItsNumber'

  const worlds: Readonly<Record<string, (count: number) => Flow>> = {
    'a long chain in which each node uses the one before': (count) =>
      flowOf({
        nodes: ids(count).map((id, index) =>
          node(id, 'read', {
            as: 'json',
            format: { $text: [{ $ref: index === 0 ? 'gone' : `result${index - 1}` }] },
            isStrict: { $expr: index === 0 ? 'true' : `result${index - 1} == "x"` },
            resultVariable: `result${index}`,
          }),
        ),
        lines: ids(count)
          .slice(1)
          .map((id, index) => `node${index}.next -> ${id}`),
      }),
    'broken nodes with long similar names': (count) =>
      flowOf({
        nodes: ids(count).map((id, index) =>
          node(id, 'read', {
            as: 'json',
            format: { $ref: `${long}X${index}` },
            resultVariable: `${long}${index}`,
          }),
        ),
        lines: ids(count)
          .slice(1)
          .map((id, index) => `node${index}.next -> ${id}`),
      }),
    'one name everywhere': (count) =>
      flowOf({
        nodes: ids(count).map((id) => node(id, 'read', { resultVariable: 'same' })),
        lines: ids(count)
          .slice(1)
          .map((id, index) => `node${index}.next -> ${id}`),
      }),
    'loops one after another with one name for their items': (count) =>
      flowOf({
        nodes: ids(count).map((id, index) =>
          index % 2 === 0
            ? node(id, 'each', { items: [1] })
            : node(id, 'yield', { value: { $ref: 'item' } }),
        ),
        lines: ids(count)
          .slice(1)
          .map((id, index) =>
            index % 2 === 0 ? `node${index}.item -> ${id}` : `node${index - 1}.continue -> ${id}`,
          ),
      }),
    'edges that compete': (count) =>
      flowOf({
        nodes: ids(count).map((id) => node(id, 'yield', { value: 1 })),
        lines: ids(count).flatMap((id) => [`node0.next -> ${id}`, `${id}.next -> node1`]),
      }),
    'resources attached to each other in a row, and in a circle': (count) =>
      flowOf({
        nodes: ids(count).map((id) => node(id, 'chain')),
        lines: ids(count).map((id, index) => `${id}.reducers = node${(index + 1) % count}`),
      }),
    'a node with as many cases as there are nodes': (count) =>
      flowOf({
        nodes: [
          node('choose', 'choose', {
            cases: ids(count).map((id) => ({ id, name: id, condition: { $expr: 'true' } })),
          }),
          ...ids(count).map((id) => node(id, 'yield', { value: 1 })),
        ],
        lines: ids(count).map((id) => `choose.case.${id} -> ${id}`),
      }),
  }

  it.each(Object.entries(worlds))(
    '[F24] grows no faster than the flow, with a logarithm: %s',
    { timeout: 60_000 },
    async (_, world) => {
      const [few, many] = [world(400), world(1600)]
      check(few)
      const small = await callsDuring(() => check(few))
      const large = await callsDuring(() => check(many))
      expect(small).toBeGreaterThan(400)
      // Four times the flow: 4 × log 1600 ÷ log 400 is 5; what grows with the square is 16.
      expect(large / small).toBeLessThan(6)
    },
  )
})

interface Coverage {
  readonly result: readonly {
    readonly url: string
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[]
  }[]
}
