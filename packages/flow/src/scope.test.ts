import { describe, expect, it } from 'vitest'
import type { Flow } from './flow.ts'
import { scopesOf } from './scope.ts'
import { fixtureRegistry } from './testing/fixture-registry.ts'
import { chatFlow, flowOf, node } from './testing/flow-of.ts'

function names(flow: Flow, id: string): readonly string[] {
  return scopesOf(flow, fixtureRegistry)
    .at(id)
    .map(({ name }) => name)
}

function problems(flow: Flow): readonly string[] {
  return scopesOf(flow, fixtureRegistry).problems.map(
    ({ code, nodeId, property, path, message }) =>
      `${code} ${nodeId ?? JSON.stringify(path)} ${property ?? '-'}: ${message}`,
  )
}

describe('a variable', () => {
  it('[F27] is visible after its declaration, and to the blocks of what comes after', () => {
    const flow = chatFlow()
    expect(names(flow, 'trigger')).toEqual([])
    expect(names(flow, 'chat')).toEqual(['request'])
    expect(names(flow, 'done')).toEqual(['request', 'response'])
  })

  it('[F27] of a block is visible in that block only', () => {
    expect(names(chatFlow(), 'send')).toEqual(['request', 'message'])
    expect(names(chatFlow(), 'done')).not.toContain('message')
  })

  it('[F27] of an inner block is not visible after the node that owns the block', () => {
    const flow = flowOf({
      nodes: [
        node('if', 'if'),
        node('inner', 'read'),
        node('next', 'yield'),
        node('after', 'yield'),
      ],
      lines: ['if.true -> inner', 'inner.next -> next', 'if.continue -> after'],
    })
    expect(names(flow, 'next')).toEqual(['result'])
    expect(names(flow, 'after')).toEqual([])
  })

  it('[F27] of the host is visible to a resource, and to the resource of a resource', () => {
    const flow = flowOf({
      nodes: [
        node('start', 'request'),
        node('chat', 'chat'),
        node('all', 'chain'),
        node('last', 'reducer'),
        node('alone', 'reducer'),
      ],
      // The inner one first: the order of attachments does not count.
      lines: ['all.reducers = last', 'start.next -> chat', 'chat.reducer = all'],
    })
    expect(names(flow, 'all')).toEqual(['request'])
    expect(names(flow, 'last')).toEqual(['request'])
    expect(names(flow, 'alone')).toEqual([])
  })

  it('[F27] of the flow is visible everywhere, also to what is not connected', () => {
    const flow = flowOf({
      nodes: [node('start', 'request'), node('loose', 'yield')],
      variables: [
        { name: 'count', type: 'number' },
        { name: 'items', type: 'list' },
        { name: 'data', type: 'record' },
      ],
    })
    expect(scopesOf(flow, fixtureRegistry).at('loose')).toEqual([
      { name: 'count', type: 'number', origin: { kind: 'flow' } },
      { name: 'items', type: { list: 'any' }, origin: { kind: 'flow' } },
      { name: 'data', type: { record: {} }, origin: { kind: 'flow' } },
    ])
    expect(names(flow, 'start')).toEqual(['count', 'items', 'data'])
  })

  it('[F29] has the type that a property names, and the place it comes from', () => {
    const scope = (as: string) =>
      scopesOf(
        flowOf({ nodes: [node('a', 'read', { as }), node('b', 'yield')], lines: ['a.next -> b'] }),
        fixtureRegistry,
      ).at('b')
    const origin = { kind: 'output', nodeId: 'a' }
    expect(scope('number')).toEqual([{ name: 'result', type: 'number', origin }])
    expect(scope('json')).toEqual([{ name: 'result', type: 'any', origin }])
    expect(scopesOf(chatFlow(), fixtureRegistry).at('send')[1]).toEqual({
      name: 'message',
      type: 'message',
      origin: { kind: 'block', nodeId: 'chat', port: 'forEachMessage' },
    })
  })

  it('is not declared under a name that was cleared', () => {
    const flow = flowOf({
      nodes: [node('a', 'read', { resultVariable: '' }), node('b', 'yield')],
      lines: ['a.next -> b'],
    })
    expect(names(flow, 'b')).toEqual([])
  })

  it('is among all that are declared, wherever it stands', () => {
    const declared = scopesOf(chatFlow(), fixtureRegistry).declared
    expect(declared.map(({ name }) => name)).toEqual(['request', 'message', 'response'])
  })
})

describe('a name', () => {
  it('[F28] clashes with one that is visible', () => {
    expect(
      problems(
        flowOf({
          nodes: [
            node('a', 'read', { resultVariable: 'x' }),
            { ...node('b', 'read', { resultVariable: 'x' }), title: 'Second' },
            node('c', 'chat', { streamVariable: 'x', resultVariable: 'count' }),
            node('d', 'yield'),
          ],
          lines: ['a.next -> b', 'b.next -> c', 'c.forEachMessage -> d'],
          variables: [{ name: 'count', type: 'number' }],
        }),
      ),
    ).toMatchInlineSnapshot(`
      [
        "name_clash b resultVariable: "Second" declares "x", a name that "Read" already uses. Choose another name.",
        "name_clash c streamVariable: "Chat" declares "x", a name that "Read" already uses. Choose another name.",
        "name_clash c resultVariable: "Chat" declares "count", a name that a flow variable already uses. Choose another name.",
      ]
    `)
  })

  it('[F28] of the flow clashes with another of the flow', () => {
    expect(
      problems(
        flowOf({
          nodes: [],
          variables: [
            { name: 'a', type: 'text' },
            { name: 'a', type: 'number' },
          ],
        }),
      ),
    ).toMatchInlineSnapshot(`
      [
        "name_clash ["variables",1,"name"] -: The flow has two variables named "a". Rename one.",
      ]
    `)
  })

  it('[F28] may be used again where the other is not visible', () => {
    expect(
      problems(
        flowOf({
          nodes: [
            node('if', 'if'),
            node('yes', 'read', { resultVariable: 'x' }),
            node('no', 'read', { resultVariable: 'x' }),
            node('after', 'read', { resultVariable: 'x' }),
          ],
          lines: ['if.true -> yes', 'if.false -> no', 'if.continue -> after'],
        }),
      ),
    ).toEqual([])
  })
})
