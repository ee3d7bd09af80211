import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFlow } from './check.ts'
import {
  addNode,
  moveNodes,
  removeNodes,
  setFlowFields,
  setNodeFields,
  setProperty,
  setPropertyPart,
} from './edit.ts'
import { attach, connect } from './edit-lines.ts'
import { emptyFlow } from './empty-flow.ts'
import type { Flow } from './flow.ts'
import type { JsonValue } from './json.ts'
import { parseFlow } from './parse.ts'
import { renameFlowVariable } from './rename.ts'
import { scopesOf } from './scope.ts'
import { serializeFlow } from './serialize.ts'
import { anyFlow } from './testing/any-flow.ts'
import { fixtureNodes, fixtureRegistry as registry } from './testing/fixture-registry.ts'
import { chatFlow, flowOf, linesOf as lines, node } from './testing/flow-of.ts'

function propertyOf(flow: Flow, id: string, key: string): JsonValue | undefined {
  return flow.nodes.find((one) => one.id === id)?.properties?.[key]
}

const position = [10, 20] as const

describe('adding a node', () => {
  it('gives it a free id, free names for its variables, and a place', () => {
    const first = addNode(emptyFlow('test', 'Test'), registry, { type: 'test.chat', position })
    const second = addNode(first.flow, registry, { type: 'test.chat', position: [1.4, -0.2] })
    expect([first.nodeId, second.nodeId]).toEqual(['chat', 'chat2'])
    expect(second.flow.nodes).toEqual([
      node('chat', 'chat', { streamVariable: 'message', resultVariable: 'response' }),
      node('chat2', 'chat', { streamVariable: 'message2', resultVariable: 'response2' }),
    ])
    expect(second.flow.layout?.nodes).toEqual({ chat: [10, 20], chat2: [1, 0] })
  })

  it('keeps clear of the names of the flow, and says the version of its kind', () => {
    const flow: Flow = { ...emptyFlow('t', 'T'), variables: [{ name: 'result', type: 'text' }] }
    expect(addNode(flow, registry, { type: 'test.read', position }).flow.nodes).toEqual([
      { ...node('read', 'read', { resultVariable: 'result2' }), version: 2 },
    ])
  })

  it('takes a type that is not installed as it is', () => {
    const { flow } = addNode(emptyFlow('t', 'T'), registry, { type: 'nobody.knows', position })
    expect(flow.nodes).toEqual([{ id: 'knows', type: 'nobody.knows' }])
  })
})

describe('removing nodes', () => {
  it('[F37] connects what ran before with what ran after', () => {
    expect(lines(removeNodes(chatFlow(), registry, ['chat']))).toEqual(['trigger.next -> done'])
    const three = flowOf({
      nodes: ['a', 'b', 'c', 'd'].map((id) => node(id, 'yield')),
      lines: ['a.next -> b', 'b.next -> c', 'c.next -> d'],
    })
    expect(lines(removeNodes(three, registry, ['b', 'c']))).toEqual(['a.next -> d'])
    expect(lines(removeNodes(three, registry, ['a', 'd']))).toEqual(['b.next -> c'])
  })

  it('draws no line twice where the next node was reached beside them', () => {
    const two = flowOf({
      nodes: ['a', 'b', 'c'].map((id) => node(id, 'yield')),
      lines: ['a.next -> b', 'a.next -> c', 'b.next -> c'],
    })
    expect(lines(removeNodes(two, registry, ['b']))).toEqual(['a.next -> c'])
  })

  it('[F35] leaves nothing that names them', () => {
    const flow = moveNodes(
      chatFlow(),
      new Map([
        ['chat', position],
        ['send', position],
      ]),
    )
    const less = removeNodes(flow, registry, ['chat', 'last'])
    expect(less.layout).toEqual({ nodes: { send: [10, 20] } })
    expect(less.attachments).toEqual([])
    expect(parseFlow(less).status).toBe('flow')
  })

  it('in a circle closes no smaller one', () => {
    const circle = flowOf({
      nodes: [node('a', 'yield'), node('b', 'yield')],
      lines: ['a.next -> b', 'b.next -> a'],
    })
    expect(lines(removeNodes(circle, registry, ['b']))).toEqual([])
    expect(lines(removeNodes(circle, registry, ['a', 'b']))).toEqual([])
  })

  it('that are not there changes nothing', () => {
    expect(removeNodes(chatFlow(), registry, ['gone'])).toEqual(chatFlow())
  })
})

describe('a property', () => {
  it('is set, and cleared so that its default counts', () => {
    const set = setProperty(chatFlow(), registry, { nodeId: 'chat', key: 'tokens', value: 7 })
    expect(propertyOf(set, 'chat', 'tokens')).toBe(7)
    expect(setProperty(set, registry, { nodeId: 'chat', key: 'tokens', value: undefined })).toEqual(
      chatFlow(),
    )
  })

  it('leaves no empty set of properties behind', () => {
    const flow = flowOf({ nodes: [node('last', 'reducer', { count: 3 })] })
    expect(
      setProperty(flow, registry, { nodeId: 'last', key: 'count', value: undefined }).nodes,
    ).toEqual([node('last', 'reducer')])
  })

  it('takes the edges of a case along that is removed, and no other edge', () => {
    const gold = { id: 'gold', name: 'Gold', condition: { $expr: 'true' } }
    const rest = { id: 'rest', name: 'Rest', condition: { $expr: 'true' } }
    const flow = flowOf({
      nodes: [
        node('pick', 'switch', { cases: [gold, rest] }),
        node('one', 'log'),
        node('two', 'log'),
        node('next', 'log'),
      ],
      lines: ['pick.case.gold -> one', 'pick.case.rest -> two', 'pick.continue -> next'],
    })
    const edit = { nodeId: 'pick', key: 'cases' }
    const renamed = [rest, { ...gold, name: 'Silver' }]
    expect(setProperty(flow, registry, { ...edit, value: renamed }).edges).toEqual(flow.edges)
    expect(lines(setProperty(flow, registry, { ...edit, value: [rest] }))).toEqual([
      'pick.case.rest -> two',
      'pick.continue -> next',
    ])
  })

  it('of a node that is gone changes nothing', () => {
    const flow = chatFlow()
    expect(setProperty(flow, registry, { nodeId: 'gone', key: 'x', value: 1 })).toBe(flow)
  })
})

describe('a new name for a variable', () => {
  const flow = flowOf({
    nodes: [
      node('start', 'request'),
      node('chat', 'chat', {
        resultVariable: 'answer',
        prompt: { $text: ['Hi ', { $ref: 'request.prompt' }, { $ref: 'answer' }] },
      }),
      node('if', 'if', {
        condition: {
          match: 'all',
          rows: [
            {
              left: { $ref: 'answer.content' },
              operator: 'equals',
              right: { $expr: 'answer.role' },
            },
            { left: 'answer', operator: 'isEmpty' },
          ],
        },
      }),
      node('other', 'read', { resultVariable: 'other', options: { $ref: 'answer' } }),
      node('send', 'yield', {
        value: { $expr: 'answer.history.map(answer, answer.role) + [answer.content]' },
      }),
      node('set', 'set', { variable: 'kept', value: { $literal: { $ref: 'answer' } } }),
      node('text', 'yield', {
        value: {
          $text: ['answer: ', { $ref: 'answer["content"]' }, { $expr: 'size(answer.history)' }],
        },
      }),
    ],
    lines: [
      'start.next -> chat',
      'chat.continue -> if',
      'if.true -> other',
      'other.next -> send',
      'send.next -> set',
      'set.next -> text',
    ],
    variables: [{ name: 'kept', type: 'any' }],
  })

  it('[F36] is taken over by everything that refers to it, and by nothing else', () => {
    const renamed = setProperty(flow, registry, {
      nodeId: 'chat',
      key: 'resultVariable',
      value: 'reply',
    })
    expect(renamed.nodes.slice(1)).toEqual([
      node('chat', 'chat', {
        resultVariable: 'reply',
        // Before its declaration the name means nothing, so it is no reference to it.
        prompt: { $text: ['Hi ', { $ref: 'request.prompt' }, { $ref: 'answer' }] },
      }),
      node('if', 'if', {
        condition: {
          match: 'all',
          rows: [
            { left: { $ref: 'reply.content' }, operator: 'equals', right: { $expr: 'reply.role' } },
            { left: 'answer', operator: 'isEmpty' },
          ],
        },
      }),
      node('other', 'read', { resultVariable: 'other', options: { $ref: 'answer' } }),
      node('send', 'yield', {
        value: { $expr: 'reply.history.map(answer, answer.role) + [reply.content]' },
      }),
      node('set', 'set', { variable: 'kept', value: { $literal: { $ref: 'answer' } } }),
      node('text', 'yield', {
        value: { $text: ['answer: ', { $ref: 'reply.content' }, { $expr: 'size(reply.history)' }] },
      }),
    ])
  })

  it('is the default one when the name is cleared', () => {
    const cleared = setProperty(flow, registry, {
      nodeId: 'chat',
      key: 'resultVariable',
      value: undefined,
    })
    expect(propertyOf(cleared, 'text', 'value')).toEqual({
      $text: ['answer: ', { $ref: 'response.content' }, { $expr: 'size(response.history)' }],
    })
  })

  it('[F36] renames where that variable is meant, and not where another of the name is', () => {
    const twice = flowOf({
      nodes: [
        node('if', 'if', { condition: { $expr: 'true' } }),
        node('yes', 'read', { resultVariable: 'x' }),
        node('no', 'read', { resultVariable: 'x' }),
        node('useYes', 'yield', { value: { $ref: 'x' } }),
        node('useNo', 'yield', { value: { $ref: 'x' } }),
      ],
      lines: ['if.true -> yes', 'yes.next -> useYes', 'if.false -> no', 'no.next -> useNo'],
    })
    const renamed = setProperty(twice, registry, {
      nodeId: 'yes',
      key: 'resultVariable',
      value: 'y',
    })
    expect(propertyOf(renamed, 'useYes', 'value')).toEqual({ $ref: 'y' })
    expect(propertyOf(renamed, 'useNo', 'value')).toEqual({ $ref: 'x' })
  })

  it.each(['request', 'kept', 'not a name', '', '1x', 'constructor'])(
    'that is taken or none leaves the references as they are: %j',
    (value) => {
      const renamed = setProperty(flow, registry, { nodeId: 'chat', key: 'resultVariable', value })
      expect(propertyOf(renamed, 'chat', 'resultVariable')).toBe(value)
      expect(propertyOf(renamed, 'text', 'value')).toEqual(propertyOf(flow, 'text', 'value'))
      expect(checkFlow(renamed, registry).some(({ severity }) => severity === 'error')).toBe(true)
    },
  )

  it('[F36] makes no sound flow unsound', () => {
    const sound = chatFlow()
    for (const [nodeId, key] of [
      ['trigger', 'requestVariable'],
      ['chat', 'streamVariable'],
      ['chat', 'resultVariable'],
    ] as const) {
      const renamed = setProperty(sound, registry, { nodeId, key, value: 'renamed' })
      expect(checkFlow(renamed, registry)).toEqual([])
      expect(scopesOf(renamed, registry).declared.map(({ name }) => name)).toContain('renamed')
    }
  })

  it('of the flow changes nothing when it is taken or none', () => {
    for (const to of ['answer', 'request', 'not a name', '', 'prototype']) {
      expect(renameFlowVariable(flow, registry, { from: 'kept', to })).toBe(flow)
    }
    const renamed = renameFlowVariable(flow, registry, { from: 'kept', to: 'stored' })
    expect(renamed.variables).toEqual([{ name: 'stored', type: 'any' }])
    expect(propertyOf(renamed, 'set', 'variable')).toBe('stored')
  })
})

describe('fields', () => {
  it('of a node are set, and cleared by what is empty', () => {
    const set = setNodeFields(chatFlow(), 'chat', { title: 'T', description: 'D', disabled: true })
    expect(set.nodes[1]).toMatchObject({ title: 'T', description: 'D', disabled: true })
    expect(setNodeFields(set, 'chat', { title: '', description: '', disabled: false })).toEqual(
      chatFlow(),
    )
    expect(setNodeFields(set, 'chat', {})).toEqual(set)
  })

  it('of a flow are set, and cleared by what is empty, but its name', () => {
    const set = setFlowFields(chatFlow(), {
      name: 'New',
      description: 'D',
      tags: [' a  b', 'A B', '', 'c'],
      settings: { trace: 'full' },
    })
    expect(set).toMatchObject({
      name: 'New',
      description: 'D',
      tags: ['a b', 'c'],
      settings: { trace: 'full' },
    })
    expect(setFlowFields(set, { name: '', description: '', tags: [], settings: {} })).toEqual({
      ...chatFlow(),
      name: 'New',
      settings: {},
    })
  })

  it('of places are whole pixels, of nodes that are there, within bounds', () => {
    const moved = moveNodes(
      chatFlow(),
      new Map([
        ['chat', [1.6, -0.4]],
        ['send', [Number.NaN, 0]],
        ['gone', [1, 1]],
        ['done', [1e9, Number.NEGATIVE_INFINITY]],
      ] as const),
    )
    expect(moved.layout).toEqual({ nodes: { chat: [2, 0], done: [1_000_000, -1_000_000] } })
  })
})

describe('any sequence of edits', () => {
  const pick = fc.nat()
  const word = fc.constantFrom('request', 'response', 'x', '', 'not a name', 'constructor')
  const value = fc.oneof(
    word,
    word.map(($ref) => ({ $ref })),
    fc.constant(undefined),
    fc.double({ noDefaultInfinity: true, noNaN: true }).map((number) => number + 0),
  )
  const edit = fc.record({
    kind: fc.constantFrom('add', 'remove', 'connect', 'attach', 'set', 'fields', 'move', 'rename'),
    one: pick,
    other: pick,
    text: word,
    value,
    place: fc.double(),
  })

  /** Applies an edit to whatever nodes its numbers fall on. */
  function apply(
    flow: Flow,
    {
      kind,
      one,
      other,
      text,
      value: given,
      place,
    }: typeof edit extends fc.Arbitrary<infer T> ? T : never,
  ): Flow {
    const at = <T>(items: readonly T[], index: number) => items[index % Math.max(1, items.length)]
    const [first, second] = [at(flow.nodes, one), at(flow.nodes, other)]
    const type = at(fixtureNodes, one)?.type ?? ''
    const position = [place, -place] as const
    if (kind === 'add' || first === undefined || second === undefined) {
      return addNode(flow, registry, { type, position }).flow
    }
    const definition = registry.nodes.get(first.type)
    switch (kind) {
      case 'remove':
        return removeNodes(flow, registry, [first.id, second.id])
      case 'connect': {
        const port = at(Object.keys(definition?.exec?.out ?? { next: 0 }), other) ?? ''
        return connect(flow, registry, { from: [first.id, port], to: second.id })
      }
      case 'attach': {
        const port = at(Object.keys(definition?.attachments ?? { reducer: 0 }), other) ?? ''
        return attach(flow, registry, { host: [first.id, port], resource: second.id })
      }
      case 'set': {
        const key = at(Object.keys(definition?.properties ?? {}), other)
        return key === undefined
          ? flow
          : setProperty(flow, registry, { nodeId: first.id, key, value: given })
      }
      case 'fields':
        return setFlowFields(
          setNodeFields(flow, first.id, { title: text, disabled: one % 2 === 0 }),
          {
            name: text,
            description: text,
            tags: [text, text.toUpperCase()],
          },
        )
      case 'move':
        return moveNodes(
          flow,
          new Map([
            [first.id, position],
            [text, position],
          ]),
        )
      case 'rename': {
        const from = at(flow.variables ?? [], one)?.name ?? 'x'
        const named: Flow = { ...flow, variables: flow.variables ?? [{ name: from, type: 'any' }] }
        return renameFlowVariable(named, registry, { from, to: text })
      }
      default:
        return flow
    }
  }

  it('leaves a flow that is read back as it is', () => {
    fc.assert(
      fc.property(anyFlow, fc.array(edit, { maxLength: 30 }), (start, edits) => {
        const flow = edits.reduce(apply, start)
        expect(parseFlow(flow)).toEqual({ status: 'flow', flow })
        const text = serializeFlow(flow)
        const result = parseFlow(JSON.parse(text))
        expect(result.status === 'flow' && serializeFlow(result.flow)).toBe(text)
      }),
      { numRuns: 300 },
    )
  })

  it('that starts from nothing never makes a circle, and nothing taken twice', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        const flow = edits.reduce(apply, emptyFlow('test', 'Test'))
        const codes = checkFlow(flow, registry).map(({ code }) => code)
        for (const code of ['cycle', 'port_taken', 'edge_refused', 'attachment_refused'] as const) {
          expect(codes).not.toContain(code)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('setting a part of a property', () => {
  const properties = {
    query: { statement: 'SELECT @a', parameters: [{ name: 'a', type: 'auto', value: 1 }] },
  }
  const flow = flowOf({ nodes: [node('a', 'store', properties)] })
  const path = ['parameters', 0, 'value']

  it('leaves the rest of its value as it is', () => {
    const value = { $ref: 'x' }
    const edited = setPropertyPart(flow, { nodeId: 'a', key: 'query', path, value })
    expect(propertyOf(edited, 'a', 'query')).toEqual({
      statement: 'SELECT @a',
      parameters: [{ name: 'a', type: 'auto', value }],
    })
  })

  it('changes nothing where there is no such part', () => {
    for (const [key, place] of [
      ['query', ['parameters', 1, 'value']],
      ['query', ['statement', 'deeper']],
      ['nothing', path],
    ] as const) {
      const edited = setPropertyPart(flow, { nodeId: 'a', key, path: place, value: 2 })
      expect(serializeFlow(edited)).toBe(serializeFlow(flow))
    }
  })
})
