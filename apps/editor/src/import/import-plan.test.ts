import { emptyFlow, noTests, type Flow } from '@millrace/flow'
import { registry } from '@millrace/nodes'
import { describe, expect, it } from 'vitest'
import { planImport } from './import-plan.ts'

const callee = emptyFlow('callee', 'Look up')
const caller: Flow = {
  ...emptyFlow('caller', 'Caller'),
  nodes: [
    { id: 'call', type: 'flow.runFlow', properties: { flow: 'callee', input: 'callee' } },
    { id: 'chat', type: 'openai.chatCompletion', properties: { connection: 'theirs' } },
  ],
}
const tests = { ...noTests('callee'), tests: [{ name: 'Looks up', expect: {} }] }

const nothing = {
  flows: [caller, callee],
  tests: [tests],
  replacedIds: new Set<string>(),
  connections: new Map<string, string>(),
  takenIds: new Set<string>(),
  registry,
}

describe('what an import stores', () => {
  it('is what was exported, where nothing is in its way', () => {
    expect(planImport(nothing)).toEqual([
      { change: 'create', flow: caller, tests: undefined },
      { change: 'create', flow: callee, tests },
    ])
  })

  it('has another id where that is taken, and is called and tested under it', () => {
    const [first, second] = planImport({ ...nothing, takenIds: new Set(['callee', 'look-up']) })
    expect(second).toEqual({
      change: 'create',
      flow: { ...callee, id: 'look-up2' },
      tests: { ...tests, flow: 'look-up2' },
    })
    expect(first?.flow.nodes[0]?.properties).toEqual({ flow: 'look-up2', input: 'callee' })
  })

  it('takes the place of the flow of its id where that is wanted', () => {
    const planned = planImport({
      ...nothing,
      takenIds: new Set(['callee']),
      replacedIds: new Set(['callee']),
    })
    expect(planned.map(({ change, flow }) => [change, flow.id])).toEqual([
      ['create', 'caller'],
      ['replace', 'callee'],
    ])
  })

  it('names the connections that were chosen', () => {
    const [first] = planImport({ ...nothing, connections: new Map([['theirs', 'mine']]) })
    expect(first?.flow.nodes[1]?.properties).toEqual({ connection: 'mine' })
  })

  it('gives two flows of one id an id each', () => {
    const planned = planImport({ ...nothing, flows: [callee, callee] })
    expect(planned.map(({ flow }) => flow.id)).toEqual(['callee', 'look-up'])
  })
})
