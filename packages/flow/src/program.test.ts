import { describe, expect, it } from 'vitest'
import type { Flow } from './flow.ts'
import { programOf, type Block } from './program.ts'
import { fixtureRegistry } from './testing/fixture-registry.ts'
import { chatFlow, flowOf, node } from './testing/flow-of.ts'

/** A block in one line: `trigger chat{forEachMessage: send} done`. */
function outline(block: Block | undefined): string {
  return (block?.steps ?? [])
    .map(({ node: { id }, blocks }) => {
      const inner = [...blocks].map(([port, sub]) => `${port}: ${outline(sub)}`)
      return inner.length === 0 ? id : `${id}{${inner.join(', ')}}`
    })
    .join(' ')
}

function problems(flow: Flow): readonly string[] {
  return programOf(flow, fixtureRegistry).problems.map(
    ({ severity, code, nodeId, message }) => `${severity} ${code} ${nodeId ?? '-'}: ${message}`,
  )
}

describe('a program', () => {
  it('[F31] is the chain of the trigger, with the blocks that nodes own', () => {
    const program = programOf(chatFlow(), fixtureRegistry)
    expect(outline(program.entry)).toBe('trigger chat{forEachMessage: send} done')
    expect([...program.reached].toSorted()).toEqual(['chat', 'done', 'last', 'send', 'trigger'])
    expect(program.problems).toEqual([])
    expect(program.loose).toEqual([])
  })

  it('[F31] without a trigger starts at the one node that no edge leads to', () => {
    const flow = flowOf({ nodes: [node('b', 'yield'), node('a', 'yield')], lines: ['a.next -> b'] })
    expect(outline(programOf(flow, fixtureRegistry).entry)).toBe('a b')
  })

  it('has the ports that a list property names', () => {
    const flow = flowOf({
      nodes: [
        node('pick', 'switch', { cases: [{ id: 'x1', name: 'First' }, { id: 'x2' }, 'odd'] }),
        node('one', 'yield'),
        node('two', 'yield'),
        node('after', 'yield'),
      ],
      lines: ['pick.case.x1 -> one', 'pick.case.x2 -> two', 'pick.continue -> after'],
    })
    expect(outline(programOf(flow, fixtureRegistry).entry)).toBe(
      'pick{case.x1: one, case.x2: two} after',
    )
    expect(problems(flow)).toEqual([])
  })

  it('goes on past a node whose type is not installed, by either name of its exit', () => {
    const unknown = { id: 'odd', type: 'nobody.knows' }
    const nodes = [unknown, node('inner', 'yield'), node('after', 'yield')]
    for (const port of ['continue', 'next']) {
      const flow = flowOf({ nodes, lines: ['odd.someBlock -> inner', `odd.${port} -> after`] })
      expect(outline(programOf(flow, fixtureRegistry).entry)).toBe('odd{someBlock: inner} after')
      expect(problems(flow)).toEqual([])
    }
  })

  it('keeps the first of two edges at the exit of a node whose type is not installed', () => {
    const nodes = [{ id: 'odd', type: 'nobody.knows' }, node('a', 'yield'), node('b', 'yield')]
    const flow = flowOf({ nodes, lines: ['odd.block -> a', 'odd.block -> b'] })
    expect(outline(programOf(flow, fixtureRegistry).entry)).toBe('')
    const withTrigger = flowOf({
      nodes: [node('start', 'request'), ...nodes],
      lines: ['start.next -> odd', 'odd.block -> a', 'odd.block -> b'],
    })
    expect(outline(programOf(withTrigger, fixtureRegistry).entry)).toBe('start odd{block: a}')
  })

  it('[F34] nests a hundred blocks deep, and says where it is deeper', () => {
    const ids = Array.from({ length: 2000 }, (_, index) => `n${index}`)
    const flow = flowOf({
      nodes: ids.map((id) => node(id, 'if')),
      lines: ids.slice(1).map((id, index) => `n${index}.true -> ${id}`),
    })
    const program = programOf(flow, fixtureRegistry)
    expect(program.reached.size).toBe(101)
    expect(program.problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        code: 'nesting_too_deep',
        nodeId: 'n100',
        message:
          '"If" stands inside 100 other blocks, and can hold none itself. Put the nodes one after the other.',
      },
    ])
  })

  it('reaches resources of resources', () => {
    const flow = flowOf({
      nodes: [node('chat', 'chat'), node('all', 'chain'), node('last', 'reducer')],
      lines: ['chat.reducer = all', 'all.reducers = last'],
    })
    expect(programOf(flow, fixtureRegistry).reached).toEqual(new Set(['chat', 'all', 'last']))
    expect(problems(flow)).toEqual([])
  })
})

describe('what is wrong with the shape', () => {
  it('says that there is no start', () => {
    expect(problems(flowOf({ nodes: [] }))).toMatchInlineSnapshot(`
      [
        "error entry_missing -: The flow is empty. Add a trigger to start with.",
      ]
    `)
    expect(
      problems(
        flowOf({
          nodes: [node('a', 'yield'), node('b', 'yield')],
          lines: ['a.next -> b', 'b.next -> a'],
        }),
      ),
    ).toMatchInlineSnapshot(`
      [
        "error cycle a: The edges run in a circle through "Yield". Remove one of them; to repeat something, take a loop node.",
        "error entry_missing -: The flow has no start. Add a trigger, or a node that no edge leads to.",
      ]
    `)
  })

  it('[F31] names each of several starts', () => {
    expect(problems(flowOf({ nodes: [node('a', 'yield'), node('b', 'if')] })))
      .toMatchInlineSnapshot(`
      [
        "error entry_several a: The flow could start at 2 nodes; "Yield" is one of them. Connect them, or add a trigger.",
        "error entry_several b: The flow could start at 2 nodes; "If" is one of them. Connect them, or add a trigger.",
      ]
    `)
  })

  it('[F31] names each of two triggers, connected or not', () => {
    expect(
      problems(
        flowOf({
          nodes: [node('a', 'request'), node('b', 'request'), node('c', 'yield')],
          lines: ['a.next -> c'],
        }),
      ),
    ).toMatchInlineSnapshot(`
      [
        "error entry_several a: The flow has 2 triggers; "Request" is one of them. Keep one.",
        "error entry_several b: The flow has 2 triggers; "Request" is one of them. Keep one.",
      ]
    `)
  })

  it('[F32] finds a circle that the start leads into, one that it does not, and the shortest', () => {
    expect(
      problems(
        flowOf({
          nodes: ['start', 'a', 'b', 'c', 'd', 'e'].map((id) =>
            node(id, id === 'start' ? 'request' : 'yield'),
          ),
          lines: [
            'start.next -> a',
            'a.next -> b',
            'b.next -> a',
            'c.next -> d',
            'd.next -> c',
            'e.next -> e',
          ],
        }),
      ),
    ).toMatchInlineSnapshot(`
      [
        "error port_taken a: "Yield" is reached by two edges. Remove one; what should run after both branches belongs at the "Continue" of the node that branches.",
        "error cycle a: The edges run in a circle through "Yield". Remove one of them; to repeat something, take a loop node.",
        "error cycle c: The edges run in a circle through "Yield". Remove one of them; to repeat something, take a loop node.",
        "error cycle e: The edges run in a circle through "Yield". Remove one of them; to repeat something, take a loop node.",
        "warning node_unreachable c: "Yield" is not connected to the start, so it never runs. Connect it, or delete it.",
        "warning node_unreachable d: "Yield" is not connected to the start, so it never runs. Connect it, or delete it.",
        "warning node_unreachable e: "Yield" is not connected to the start, so it never runs. Connect it, or delete it.",
      ]
    `)
  })

  it('[F32] names what has two edges at an exit, and what two edges lead to', () => {
    expect(
      problems(
        flowOf({
          nodes: [
            node('start', 'request'),
            node('a', 'if'),
            node('b', 'yield'),
            node('c', 'yield'),
          ],
          lines: [
            'start.next -> a',
            'a.true -> b',
            'a.true -> c',
            'a.continue -> c',
            'a.continue -> b',
          ],
        }),
      ),
    ).toMatchInlineSnapshot(`
      [
        "error port_taken a: "If" has two edges at the same exit. Remove one, or put the nodes one after the other.",
        "error port_taken b: "Yield" is reached by two edges. Remove one; what should run after both branches belongs at the "Continue" of the node that branches.",
      ]
    `)
  })

  it('[F32] refuses edges into triggers and resources, and from exits that are not there', () => {
    expect(
      problems(
        flowOf({
          nodes: [node('start', 'request'), node('a', 'yield'), node('last', 'reducer')],
          lines: [
            'start.next -> a',
            'a.next -> start',
            'a.elsewhere -> last',
            'start.next -> last',
          ],
        }),
      ),
    ).toMatchInlineSnapshot(`
      [
        "error edge_refused a: "Yield" has no exit "elsewhere". Remove the edge, or connect another exit: next.",
        "error edge_refused a: "Request" starts the flow, so nothing can lead to it. Remove the edge.",
        "error edge_refused start: "Reducer" is attached to a node, it does not run by itself. Remove the edge.",
        "error cycle a: The edges run in a circle through "Yield". Remove one of them; to repeat something, take a loop node.",
        "warning node_unreachable last: "Reducer" is attached to no node that runs. Attach it, or delete it.",
      ]
    `)
  })

  it('[F33] refuses attachments that do not fit, are too many, or go in a circle', () => {
    expect(
      problems(
        flowOf({
          nodes: [
            node('chat', 'chat'),
            node('one', 'reducer'),
            node('two', 'reducer'),
            node('x', 'chain'),
            node('y', 'chain'),
          ],
          lines: [
            'chat.reducer = one',
            'chat.reducer = two',
            'chat.nowhere = one',
            'chat.toString = one',
            'chat.reducer = chat',
            'x.reducers = y',
            'y.reducers = x',
            'x.reducers = x',
            'one.reducers = two',
          ],
        }),
      ),
    ).toMatchInlineSnapshot(`
      [
        "error attachment_refused chat: "Chat" has no place "nowhere" for a resource. Remove the line.",
        "error attachment_refused chat: "Chat" is attached to itself. Remove the line.",
        "error attachment_refused chat: "History reducer" of "Chat" takes one node. Remove the others.",
        "error attachment_refused chat: "Chat" has no place "toString" for a resource. Remove the line.",
        "error attachment_refused one: "Reducer" has no place "reducers" for a resource. Remove the line.",
        "error attachment_refused x: "Chain" is attached to itself. Remove the line.",
        "error attachment_refused x: "Chain" is attached to what is attached to it. Remove the line.",
        "error attachment_refused y: "Chain" is attached to what is attached to it. Remove the line.",
        "warning node_unreachable x: "Chain" is attached to no node that runs. Attach it, or delete it.",
        "warning node_unreachable y: "Chain" is attached to no node that runs. Attach it, or delete it.",
      ]
    `)
  })

  it('warns of what never runs', () => {
    expect(
      problems(
        flowOf({
          nodes: [node('start', 'request'), node('a', 'yield'), node('last', 'reducer')],
        }),
      ),
    ).toMatchInlineSnapshot(`
      [
        "warning node_unreachable a: "Yield" is not connected to the start, so it never runs. Connect it, or delete it.",
        "warning node_unreachable last: "Reducer" is attached to no node that runs. Attach it, or delete it.",
      ]
    `)
  })
})
