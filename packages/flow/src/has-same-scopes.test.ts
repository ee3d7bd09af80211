import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Flow, FlowNode } from './flow.ts'
import { hasSameScopes } from './has-same-scopes.ts'
import { scopesOf, type FlowScopes } from './scope.ts'
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

function isSame(flow: Flow, changed: Flow): boolean {
  return hasSameScopes({ flow, scopes: scopesOf(flow, fixtureRegistry) }, changed, fixtureRegistry)
}

it('[F27] says so after no change of a node that changes what scopes say', () => {
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
      fc.pre(isSame(flow, changed))
      const known = saidOf(scopesOf(flow, fixtureRegistry), changed)
      expect(known).toEqual(saidOf(scopesOf(changed, fixtureRegistry), changed))
    }),
  )
})

it('says so while somebody types into a value', () => {
  const flow = chatFlow()
  const typed = withNode(flow, 'chat', {
    properties: { ...flow.nodes[1]?.properties, prompt: 'Be brief.' },
  })
  expect(isSame(flow, typed)).toBe(true)
})

it('does not after another name of a variable, another edge or another title', () => {
  const flow = chatFlow()
  const renamed = withNode(flow, 'trigger', { properties: { requestVariable: 'asked' } })
  const cut: Flow = { ...flow, edges: flow.edges.slice(1) }
  const changes = [renamed, cut, withNode(flow, 'chat', { title: 'Other' })]
  expect(changes.map((changed) => isSame(flow, changed))).toEqual([false, false, false])
})
