import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffFlows, isEmptyDiff } from './diff.ts'
import { setFlowFields, setNodeFields, setProperty } from './edit.ts'
import type { Flow, Note } from './flow.ts'
import { formatDiff } from './format-diff.ts'
import { renameFlowVariable } from './rename.ts'
import { serializeFlow } from './serialize.ts'
import { anyFlow } from './testing/any-flow.ts'
import { fixtureRegistry } from './testing/fixture-registry.ts'
import { chatFlow, flowOf, node } from './testing/flow-of.ts'

function diff(before: Flow, after: Flow) {
  return diffFlows(before, after, fixtureRegistry)
}

function lines(before: Flow, after: Flow): readonly string[] {
  return formatDiff(diff(before, after)).split('\n')
}

const base = chatFlow()

describe('two versions of a flow', () => {
  it(
    '[F40] differ in nothing exactly where their canonical texts are the same',
    { timeout: 30_000 },
    () => {
      fc.assert(
        fc.property(anyFlow, anyFlow, (before, after) => {
          expect(isEmptyDiff(diff(before, before))).toBe(true)
          const isSame = serializeFlow(before) === serializeFlow(after)
          expect(isEmptyDiff(diff(before, after))).toBe(isSame)
        }),
        { seed: 7, numRuns: 200 },
      )
    },
  )

  it('[F40] differ in nothing when only their order in the document is another', () => {
    const shuffled: Flow = {
      ...base,
      nodes: base.nodes.toReversed(),
      edges: base.edges.toReversed(),
    }
    expect(formatDiff(diff(base, shuffled))).toBe('No differences.')
  })

  it('[F41] differ in what moved, apart from what changed', () => {
    const placed: Flow = {
      ...base,
      layout: {
        nodes: { chat: [1, 2] },
        notes: [{ id: 'n', text: 'Note', position: [0, 0] }],
      },
    }
    const moved: Flow = {
      ...base,
      layout: {
        nodes: { chat: [3, 2], send: [9, 9] },
        notes: [{ id: 'n', text: 'Note', position: [0, 5], size: [10, 10] }],
      },
    }
    expect(diff(placed, moved)).toMatchObject({ changed: [], rewired: [] })
    expect(lines(placed, moved)).toEqual([
      'Moved',
      '  ~ "Chat" (chat): [1,2] → [3,2]',
      '  ~ "Yield" (send): not set → [9,9]',
      '  ~ note n: [0,0] → [0,5]',
      '  ~ note n: not set → [10,10]',
    ])
  })

  it('[F42] differ in the edges and attachments that came and went', () => {
    const rewired = flowOf({
      nodes: base.nodes,
      lines: ['trigger.next -> chat', 'chat.forEachMessage -> done', 'chat.continue -> send'],
    })
    expect(diff(base, rewired)).toMatchObject({ changed: [], moved: [] })
    expect(lines(base, rewired)).toEqual([
      'Rewired',
      '  - "Chat" (chat) forEachMessage → "Yield" (send)',
      '  - "Chat" (chat) continue → "Yield" (done)',
      '  + "Chat" (chat) forEachMessage → "Yield" (done)',
      '  + "Chat" (chat) continue → "Yield" (send)',
      '  - "Reducer" (last) at reducer of "Chat" (chat)',
    ])
  })

  it('[F43] differ in nodes, properties, fields, variables and settings, each with both values', () => {
    const before: Flow = {
      ...base,
      description: 'Old',
      tags: ['Live', 'draft'],
      variables: [
        { name: 'a', type: 'number', value: 1 },
        { name: 'b', type: 'text' },
      ],
      settings: { trace: 'summary' },
      layout: { notes: [{ id: 'n', text: 'Old', position: [0, 0] }] },
    }
    const titled = setNodeFields(before, 'chat', { title: 'Ask', disabled: true })
    const edited = setProperty(titled, fixtureRegistry, {
      nodeId: 'chat',
      key: 'temperature',
      value: 0.1,
    })
    const after: Flow = {
      ...setFlowFields(edited, {
        name: 'New',
        description: '',
        tags: ['Live', 'billing'],
        variables: [
          { name: 'a', type: 'number', value: 2 },
          { name: 'c', type: 'any' },
        ],
        settings: {
          trace: 'full',
          timeoutSeconds: 9,
          keepRuns: { days: 7 },
          feedbackFlow: 'votes',
        },
      }),
      nodes: [...edited.nodes.slice(0, -1), node('extra', 'break')],
      edges: base.edges.slice(0, 2),
      layout: { notes: [{ id: 'm', text: 'New', position: [0, 0] }] },
    }
    expect(lines(before, after)).toMatchInlineSnapshot(`
      [
        "Changed",
        "  ~ flow name: "Test" → "New"",
        "  ~ flow description: "Old" → not set",
        "  ~ flow tags: ["draft","Live"] → ["billing","Live"]",
        "  ~ setting timeoutSeconds: not set → 9",
        "  ~ setting trace: "summary" → "full"",
        "  ~ setting keepRuns: not set → {"days":7}",
        "  ~ setting feedbackFlow: not set → "votes"",
        "  - variable b: text",
        "  + variable c: any",
        "  ~ variable a, value: 1 → 2",
        "  - "Yield" (done) test.yield",
        "  + "Break" (extra) test.break",
        "  ~ "Ask" (chat) title: not set → "Ask"",
        "  ~ "Ask" (chat) disabled: not set → true",
        "  ~ "Ask" (chat) temperature: not set → 0.1",
        "  - note n: "Old"",
        "  + note m: "New"",
        "",
        "Rewired",
        "  - "Ask" (chat) continue → "Yield" (done)",
      ]
    `)
  })

  it('[F43] differ in what a note says and in its colour', () => {
    const noted = (note: Partial<Note>): Flow => ({
      ...base,
      layout: { notes: [{ id: 'n', text: 'Old', position: [0, 0], ...note }] },
    })
    expect(lines(noted({}), noted({ text: 'New', colour: 'blue' }))).toEqual([
      'Changed',
      '  ~ note n text: "Old" → "New"',
      '  ~ note n colour: not set → "blue"',
    ])
  })

  it('[F43] differ in the order of variables and notes, which is the designer’s', () => {
    const variables = [
      { name: 'a', type: 'text' },
      { name: 'b', type: 'number' },
    ] as const
    const notes = ['m', 'n'].map((id) => ({ id, text: '', position: [0, 0] as const }))
    expect(
      lines(
        { ...base, variables, layout: { notes } },
        { ...base, variables: variables.toReversed(), layout: { notes: notes.toReversed() } },
      ),
    ).toEqual([
      'Changed',
      '  ~ variables in another order: b, a',
      '  ~ notes in another order: n, m',
    ])
  })
})

describe('a variable with another name', () => {
  const rename = (flow: Flow, key: string, value: string) =>
    setProperty(flow, fixtureRegistry, { nodeId: 'chat', key, value })

  it('[F44] is one difference, however many references follow', () => {
    const both = rename(rename(base, 'resultVariable', 'answer'), 'streamVariable', 'piece')
    expect(lines(base, both)).toEqual([
      'Changed',
      '  ~ variable response of "Chat" (chat) is named answer, everywhere',
      '  ~ variable message of "Chat" (chat) is named piece, everywhere',
    ])
    const counted: Flow = {
      ...flowOf({ nodes: [node('set', 'set', { variable: 'n', value: { $expr: 'n + 1' } })] }),
      variables: [{ name: 'n', type: 'number' }],
    }
    const renamed = renameFlowVariable(counted, fixtureRegistry, { from: 'n', to: 'count' })
    expect(lines(counted, renamed)).toEqual([
      'Changed',
      '  ~ variable n of the flow is named count, everywhere',
    ])
  })

  it('[F44] is told value by value where anything that follows it changed as well', () => {
    const renamed = rename(base, 'resultVariable', 'answer')
    const edited = setProperty(renamed, fixtureRegistry, {
      nodeId: 'done',
      key: 'value',
      value: { $expr: 'answer.content.size() > 4' },
    })
    expect(lines(base, edited)).toEqual([
      'Changed',
      '  ~ "Chat" (chat) resultVariable: "response" → "answer"',
      '  ~ "Yield" (done) value: {"$expr":"response.content.size() > 3"} → {"$expr":"answer.content.size() > 4"}',
    ])
  })

  it('[F44] is told value by value where references stayed behind', () => {
    const node = base.nodes.map((one) =>
      one.id === 'chat' ? { ...one, properties: { ...one.properties, resultVariable: 'x' } } : one,
    )
    expect(lines(base, { ...base, nodes: node })).toEqual([
      'Changed',
      '  ~ "Chat" (chat) resultVariable: "response" → "x"',
    ])
  })
})

it('[F45] shows long values where they differ, and no control characters', () => {
  const text = 'a'.repeat(5000)
  const flow = (value: string, title: string) =>
    flowOf({ nodes: [{ ...node('say', 'yield', { value }), title }] })
  expect(lines(flow(`${text}x`, 'A\u001b[31m'), flow(`${text}y`, 'A\u001b[31m'))).toEqual([
    'Changed',
    '  ~ "A\\u001b[31m" (say) value: …aaaaaaaaaaaax" → …aaaaaaaaaaaay"',
  ])
})

it('[F46] is worked out for the largest flow, whatever changed', { timeout: 30_000 }, () => {
  const ids = Array.from({ length: 2000 }, (_, index) => `n${index}`)
  const flow = (suffix: string) =>
    flowOf({
      nodes: ids.map((id) => node(id, 'read', { resultVariable: `${id}${suffix}` })),
      lines: ids.slice(1).map((id, index) => `n${index}.next -> ${id}`),
    })
  expect(diff(flow('a'), flow('b')).changed).toHaveLength(2000)
})
