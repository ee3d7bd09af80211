import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addNode,
  moveNodes,
  removeNodes,
  setFlowFields,
  setNodeFields,
  setProperty,
} from './edit.ts'
import { connect } from './edit-lines.ts'
import type { Flow } from './flow.ts'
import { mergeFlows } from './merge-flows.ts'
import { parseFlow } from './parse.ts'
import { serializeFlow } from './serialize.ts'
import { anyFlow } from './testing/any-flow.ts'
import { formatConflict } from './testing/format-conflict.ts'
import { fixtureRegistry as registry } from './testing/fixture-registry.ts'
import { flowOf, linesOf } from './testing/flow-of.ts'

const base = flowOf({
  nodes: [
    { id: 'trigger', type: 'test.trigger' },
    { id: 'one', type: 'test.chat', properties: { prompt: 'Hello', system: 'Be kind' } },
    { id: 'two', type: 'test.chat' },
  ],
  lines: ['trigger.next -> one', 'one.continue -> two'],
  variables: [{ name: 'count', type: 'number', value: 1 }],
})

const set = (flow: Flow, nodeId: string, key: string, value: string) =>
  setProperty(flow, registry, { nodeId, key, value })

function merge(mine: Flow, theirs: Flow) {
  const { flow, conflicts } = mergeFlows({ base, mine, theirs }, registry)
  return { flow, conflicts: conflicts.map(formatConflict) }
}

describe('merging two versions of a flow', () => {
  it('[F47] takes what each changed where they touch different things', () => {
    const mine = setFlowFields(set(base, 'one', 'prompt', 'Mine'), { name: 'Mine' })
    const theirs = setNodeFields(set(base, 'one', 'system', 'Theirs'), 'two', { disabled: true })
    const { flow, conflicts } = merge(mine, theirs)
    expect(conflicts).toEqual([])
    expect(flow.name).toBe('Mine')
    expect(flow.nodes).toEqual([
      base.nodes[0],
      { id: 'one', type: 'test.chat', properties: { prompt: 'Mine', system: 'Theirs' } },
      { id: 'two', type: 'test.chat', disabled: true },
    ])
  })

  it('[F48] keeps mine where both changed one thing, and says where', () => {
    const { flow, conflicts } = merge(
      setFlowFields(set(base, 'one', 'prompt', 'Mine'), { name: 'Mine' }),
      setFlowFields(set(base, 'one', 'prompt', 'Theirs'), { name: 'Theirs' }),
    )
    expect(conflicts).toEqual(['flow name', '"Chat" (one) prompt'])
    expect([flow.name, flow.nodes[1]?.properties?.['prompt']]).toEqual(['Mine', 'Mine'])
  })

  it('does not call it a conflict when both changed something alike', () => {
    const both = set(base, 'one', 'prompt', 'Same')
    expect(merge(setFlowFields(both, { name: 'Mine' }), both)).toEqual({
      flow: setFlowFields(both, { name: 'Mine' }),
      conflicts: [],
    })
  })

  it('[F48] keeps what one changed and the other deleted', () => {
    const { flow, conflicts } = merge(
      removeNodes(base, registry, ['two']),
      set(base, 'two', 'prompt', 'Theirs'),
    )
    expect(conflicts).toEqual(['"Chat" (two): deleted in one, changed in the other'])
    expect(flow.nodes.at(-1)).toMatchObject({ id: 'two', properties: { prompt: 'Theirs' } })
  })

  it('deletes what one deleted and the other left alone, with its lines', () => {
    const { flow, conflicts } = merge(
      removeNodes(base, registry, ['two']),
      setFlowFields(base, { name: 'Theirs' }),
    )
    expect(conflicts).toEqual([])
    expect(linesOf(flow)).toEqual(['trigger.next -> one'])
  })

  it('[F49] gives nodes that both added under one id an id each', () => {
    const added = (title: string) => {
      const { flow, nodeId } = addNode(base, registry, { type: 'test.yield', position: [0, 0] })
      return setNodeFields(
        connect(flow, registry, { from: ['two', 'continue'], to: nodeId }),
        nodeId,
        { title },
      )
    }
    const { flow, conflicts } = merge(added('Mine'), added('Theirs'))
    expect(flow.nodes.slice(3).map(({ id, title }) => [id, title])).toEqual([
      ['yield', 'Mine'],
      ['yield2', 'Theirs'],
    ])
    expect(linesOf(flow)).toContain('two.continue -> yield')
    expect(conflicts).toEqual(['"Chat" (two) continue → "Theirs" (yield2)'])
  })

  it('[F48] leaves out a line of theirs to a node that I deleted', () => {
    const loose = { ...base, edges: base.edges.slice(0, 1) }
    const versions = {
      base: loose,
      mine: removeNodes(loose, registry, ['two']),
      theirs: connect(loose, registry, { from: ['one', 'continue'], to: 'two' }),
    }
    const { flow, conflicts } = mergeFlows(versions, registry)
    expect(linesOf(flow)).toEqual(['trigger.next -> one'])
    expect(conflicts.map(formatConflict)).toEqual(['"Chat" (one) continue → "Chat" (two)'])
  })

  it('takes a line of one over beside another of its port, where that one had both', () => {
    const twice = {
      ...base,
      edges: [...base.edges, { from: ['trigger', 'next'] as const, to: 'trigger' }],
    }
    const healed = removeNodes(twice, registry, ['one'])
    const renamed = setFlowFields(twice, { name: 'Renamed' })
    const there = mergeFlows({ base: twice, mine: healed, theirs: renamed }, registry)
    const back = mergeFlows({ base: twice, mine: renamed, theirs: healed }, registry)
    expect([there.conflicts, back.conflicts]).toEqual([[], []])
    expect(linesOf(back.flow)).toEqual(linesOf(there.flow))
    expect(linesOf(back.flow)).toContain('trigger.next -> two')
  })

  it('[F48] says so where a line of one, from a port that is none, has the place of one of the other', () => {
    const loose = flowOf({
      nodes: [
        { id: 'first', type: 'test.yield' },
        { id: 'second', type: 'test.yield' },
        { id: 'third', type: 'test.yield' },
      ],
      lines: ['first.none -> second', 'second.next -> third'],
    })
    const mine = connect(loose, registry, { from: ['first', 'next'], to: 'third' })
    const theirs = removeNodes(loose, registry, ['second'])
    for (const [ours, others] of [
      [mine, theirs],
      [theirs, mine],
    ] as const) {
      const { conflicts } = mergeFlows({ base: loose, mine: ours, theirs: others }, registry)
      expect(conflicts).toMatchObject([{ what: 'line', to: { nodeId: 'third' } }])
    }
  })
})

type Edit = (flow: Flow) => Flow

const anyEdit: fc.Arbitrary<Edit> = fc
  .record({
    what: fc.constantFrom('set', 'title', 'remove', 'move', 'add', 'connect', 'name'),
    at: fc.nat(7),
    to: fc.nat(7),
    value: fc.constantFrom('a', 'b', 'c'),
  })
  .map(({ what, at, to, value }) => (flow: Flow): Flow => {
    const nodeId = flow.nodes[at % Math.max(1, flow.nodes.length)]?.id ?? 'none'
    const other = flow.nodes[to % Math.max(1, flow.nodes.length)]?.id ?? 'none'
    switch (what) {
      case 'set':
        return set(flow, nodeId, value, value)
      case 'title':
        return setNodeFields(flow, nodeId, { title: value })
      case 'remove':
        return removeNodes(flow, registry, [nodeId])
      case 'move':
        return moveNodes(flow, new Map([[nodeId, [at, to]]]))
      case 'add':
        return addNode(flow, registry, { type: 'test.yield', position: [at, to] }).flow
      case 'connect':
        return connect(flow, registry, { from: [nodeId, 'next'], to: other })
      default:
        return setFlowFields(flow, { name: value })
    }
  })

const anyVersions = fc
  .record({ base: anyFlow, mine: fc.array(anyEdit), theirs: fc.array(anyEdit) })
  .map(({ base: from, mine, theirs }) => ({
    base: from,
    mine: mine.reduce((flow, edit) => edit(flow), from),
    theirs: theirs.reduce((flow, edit) => edit(flow), from),
  }))

const textOf = (flow: Flow) => serializeFlow(flow)

describe('merging any two versions', () => {
  it('[F47] gives a flow that is well formed', () => {
    fc.assert(
      fc.property(anyVersions, (versions) => {
        const { flow } = mergeFlows(versions, registry)
        expect(parseFlow(JSON.parse(JSON.stringify(flow))).status).toBe('flow')
      }),
    )
  })

  it('gives the version that changed when the other did not, and either when they are alike', () => {
    fc.assert(
      fc.property(anyVersions, ({ base: from, mine }) => {
        for (const [ours, others] of [
          [mine, from],
          [from, mine],
          [mine, mine],
        ] as const) {
          const merged = mergeFlows({ base: from, mine: ours, theirs: others }, registry)
          expect(textOf(merged.flow)).toBe(textOf(mine))
          expect(merged.conflicts).toEqual([])
        }
      }),
    )
  })

  it('gives the same whichever of the two is called mine, where nothing is in conflict', () => {
    fc.assert(
      fc.property(anyVersions, ({ base: from, mine, theirs }) => {
        const there = mergeFlows({ base: from, mine, theirs }, registry)
        const back = mergeFlows({ base: from, mine: theirs, theirs: mine }, registry)
        expect(there.conflicts.length > 0).toBe(back.conflicts.length > 0)
        const bothMoved = movedTwice(from, mine, theirs)
        const bothAdded = addedTwice(from, mine, theirs)
        if (there.conflicts.length > 0 || bothMoved || bothAdded) return
        expect(textOf(there.flow)).toBe(textOf(back.flow))
      }),
    )
  })

  it('[F47] loses no property that one of them set, unless it says so', () => {
    fc.assert(
      fc.property(anyVersions, ({ base: from, mine, theirs }) => {
        const { flow, conflicts } = mergeFlows({ base: from, mine, theirs }, registry)
        if (conflicts.length > 0) return
        for (const node of from.nodes) {
          for (const version of [mine, theirs]) {
            const changed = version.nodes.find(({ id }) => id === node.id)?.properties ?? {}
            for (const [key, value] of Object.entries(changed)) {
              if (JSON.stringify(node.properties?.[key]) === JSON.stringify(value)) continue
              const merged = flow.nodes.find(({ id }) => id === node.id)
              expect(merged?.properties?.[key]).toEqual(value)
            }
          }
        }
      }),
    )
  })
})

/** Whether one node lies elsewhere in each of the versions: then it lies as in mine. */
function movedTwice(from: Flow, mine: Flow, theirs: Flow): boolean {
  return from.nodes.some(({ id }) => {
    const [was, here, there] = [from, mine, theirs].map((flow) =>
      JSON.stringify(flow.layout?.nodes?.[id]),
    )
    return here !== was && there !== was && here !== there
  })
}

/** Whether both added a node under one id: which of them keeps it depends on whose is mine. */
function addedTwice(from: Flow, mine: Flow, theirs: Flow): boolean {
  const known = new Set(from.nodes.map(({ id }) => id))
  const added = new Set(mine.nodes.map(({ id }) => id).filter((id) => !known.has(id)))
  return theirs.nodes.some(({ id }) => added.has(id))
}
