import { describe, expect, it } from 'vitest'
import { checkFlow } from './check.ts'
import type { Flow } from './flow.ts'
import { keepInVariable, whyNotKeep } from './keep-variable.ts'
import { scopesOf, type ScopeVariable } from './scope.ts'
import { fixtureRegistry as registry } from './testing/fixture-registry.ts'
import { flowOf, linesOf, node } from './testing/flow-of.ts'

/** A request, an answer in one branch, and something after both branches. */
function branching(): Flow {
  return flowOf({
    nodes: [
      node('trigger', 'request'),
      node('if', 'if', { condition: true }),
      node('ask', 'chat', { prompt: 'Hi', connection: 'main' }),
      node('send', 'yield', { value: { $ref: 'message.content' } }),
      node('sorry', 'yield', { value: 'No' }),
      node('after', 'yield', { value: 'Done' }),
    ],
    lines: [
      'trigger.next -> if',
      'if.true -> ask',
      'ask.forEachMessage -> send',
      'if.false -> sorry',
      'if.continue -> after',
    ],
  })
}

function variableOf(flow: Flow, name: string): ScopeVariable {
  const found = scopesOf(flow, registry).declared.find((one) => one.name === name)
  if (found === undefined) throw new Error(`No variable is named ${name}.`)
  return found
}

function keep(flow: Flow, name: string) {
  const kept = keepInVariable(flow, registry, variableOf(flow, name))
  if (kept === undefined) throw new Error('It was not kept.')
  return kept
}

describe('[F39] keeping a variable', () => {
  it('assigns a new flow variable right after the node, and what ran there runs next', () => {
    const flow = flowOf({
      nodes: [...branching().nodes, node('more', 'yield', { value: 'More' })],
      lines: [...linesOf(branching()), 'ask.continue -> more'],
    })
    const kept = keep(flow, 'response')
    expect(kept.flow.variables).toEqual([{ name: 'keptResponse', type: 'record' }])
    expect(kept).toMatchObject({ name: 'keptResponse', nodeId: 'set' })
    expect(kept.flow.nodes.at(-1)).toEqual(
      node('set', 'set', { variable: 'keptResponse', value: { $ref: 'response' } }),
    )
    expect(linesOf(kept.flow)).toEqual(
      expect.arrayContaining(['ask.continue -> set', 'set.next -> more']),
    )
    expect(checkFlow(kept.flow, registry).filter(({ nodeId }) => nodeId === 'set')).toEqual([])
  })

  it('assigns a variable of a sub-block first of all in that', () => {
    const kept = keep(branching(), 'message')
    expect(linesOf(kept.flow)).toEqual(
      expect.arrayContaining(['ask.forEachMessage -> set', 'set.next -> send']),
    )
  })

  it('takes the flow variable that holds it already', () => {
    const once = keep(branching(), 'response')
    expect(keep(once.flow, 'response')).toEqual(once)
  })

  it('takes a name that is free', () => {
    const flow: Flow = { ...branching(), variables: [{ name: 'keptResponse', type: 'text' }] }
    expect(keep(flow, 'response').name).toBe('keptResponse2')
  })
})

describe('[F39] whether keeping a variable helps', () => {
  const why = (flow: Flow, name: string, nodeId: string) =>
    whyNotKeep(flow, registry, { variable: variableOf(flow, name), nodeId })

  it('does where the node runs later', () => {
    expect(why(branching(), 'response', 'after')).toBeUndefined()
    expect(why(branching(), 'message', 'after')).toBeUndefined()
  })

  it('does not where one of two branches runs', () => {
    expect(why(branching(), 'response', 'sorry')).toBe('Either "Chat" runs or "Yield", never both.')
  })

  it('does not where the node runs before, or is not connected', () => {
    expect(why(branching(), 'response', 'if')).toBe('"Chat" does not run before "If".')
    const flow = { ...branching(), nodes: [...branching().nodes, node('loose', 'yield')] }
    expect(why(flow, 'response', 'loose')).toBe('"Chat" does not run before "Yield".')
  })
})
