import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Flow, FlowNode } from './flow.ts'
import { scopesOf, type FlowScopes } from './scope.ts'
import { scopesAfter } from './scopes-after.ts'
import { anyFlow } from './testing/any-flow.ts'
import { fixtureRegistry } from './testing/fixture-registry.ts'
import { chatFlow } from './testing/flow-of.ts'

/** All that scopes say of a flow. */
function saidOf(scopes: FlowScopes, { nodes, edges }: Flow): unknown {
  return {
    nodes: nodes.map(({ id }) => [scopes.at(id), scopes.outputsOf(id)]),
    blocks: edges.map(({ from: [id, port] }) => scopes.blockVariablesOf(id, port)),
    declared: scopes.declared,
    problems: scopes.problems,
  }
}

function withNode(flow: Flow, id: string, changes: Partial<FlowNode>): Flow {
  return {
    ...flow,
    nodes: flow.nodes.map((node) => (node.id === id ? { ...node, ...changes } : node)),
  }
}

function after(flow: Flow, changed: Flow): FlowScopes {
  return scopesAfter({ flow, scopes: scopesOf(flow, fixtureRegistry) }, changed, fixtureRegistry)
}

it('[F27] finds after any change of a node what it would find anew', () => {
  const changes = fc.record(
    {
      properties: fc.dictionary(
        fc.constantFrom('resultVariable', 'streamVariable', 'requestVariable', 'as', 'value'),
        fc.constantFrom('x', 'result', 'number', '', { $ref: 'x' }, { $ref: 'request.prompt' }),
        { noNullPrototype: true },
      ),
      title: fc.string({ maxLength: 4 }),
      type: fc.constantFrom('test.read', 'test.chat', 'test.yield', 'test.if'),
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  fc.assert(
    fc.property(anyFlow, fc.nat(), changes, (flow, index, change) => {
      const changed = withNode(flow, flow.nodes[index % flow.nodes.length]?.id ?? '', change)
      const found = saidOf(after(flow, changed), changed)
      expect(found).toEqual(saidOf(scopesOf(changed, fixtureRegistry), changed))
    }),
  )
})

it('keeps the scopes while somebody types into a value', () => {
  const flow = chatFlow()
  const scopes = scopesOf(flow, fixtureRegistry)
  const typed = withNode(flow, 'chat', {
    properties: { ...flow.nodes[1]?.properties, prompt: 'Be brief.' },
  })
  expect(scopesAfter({ flow, scopes }, typed, fixtureRegistry)).toBe(scopes)
})

it('follows the name of a variable, an edge and a title', () => {
  const flow = chatFlow()
  const renamed = withNode(flow, 'trigger', { properties: { requestVariable: 'asked' } })
  const cut: Flow = { ...flow, edges: flow.edges.slice(1) }
  const scopes = scopesOf(flow, fixtureRegistry)
  expect(after(flow, renamed).at('chat')[0]?.name).toBe('asked')
  expect(after(flow, cut).at('chat')).toEqual([])
  expect(after(flow, withNode(flow, 'chat', { title: 'Other' }))).not.toBe(scopes)
})
