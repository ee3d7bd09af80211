import type { Flow } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { registry } from '../registry.ts'
import { flowOf } from './testing/fixtures.ts'
import { choicesAt, refusalAt, type WireTarget } from './wire-target.ts'

/** A chat that answers in one branch of two, and something after both. */
const flow = flowOf(
  {
    trigger: { type: 'chat.trigger', properties: { outputVariable: 'request' } },
    if: 'flow.if',
    ask: { type: 'openai.chatCompletion', title: 'Ask' },
    send: { type: 'flow.yieldReturn', title: 'Send' },
    sorry: { type: 'flow.yieldReturn', title: 'Sorry' },
    after: { type: 'flow.yieldReturn', title: 'After' },
    loose: { type: 'flow.yieldReturn', title: 'Loose' },
    query: 'postgres.getList',
    reducer: 'openai.lastMessages',
  },
  ['trigger.next -> if', 'if.true -> ask', 'ask.next -> send', 'if.false -> sorry'],
)

function port(text: string): WireTarget {
  return { kind: 'port', end: endOf(text) }
}

function endOf(text: string) {
  const [nodeId = '', portId = ''] = text.split(' ')
  return { nodeId, portId }
}

function choices(from: string, target: WireTarget, within = flow) {
  return choicesAt(within, registry, { end: endOf(from), target })
}

function lines({ edges }: Flow): readonly string[] {
  return edges.map(({ from, to }) => `${from.join('.')} -> ${to}`).toSorted()
}

describe('an edge to a node that another leads to', () => {
  it('offers what comes after both branches, or that the other gives way', () => {
    const [after, replace, ...others] = choices('sorry exec:next', port('send exec-in'))
    expect(others).toEqual([])
    expect(after?.label).toBe('Run after “If” (connect to its Continue)')
    expect(lines(after?.apply(flow) ?? flow)).toEqual(
      [
        'trigger.next -> if',
        'if.true -> ask',
        'if.false -> sorry',
        'if.continue -> send',
      ].toSorted(),
    )
    expect(replace).toMatchObject({
      label: 'Replace',
      hint: '“Send” no longer follows “Ask”.',
    })
  })

  it('offers to put a node that nothing leads to between the two', () => {
    const [between] = choices('loose exec:next', port('send exec-in'))
    expect(between).toMatchObject({
      label: 'Insert before “Send”',
      hint: '“Loose” runs after “Ask”.',
    })
    expect(lines(between?.apply(flow) ?? flow)).toEqual(
      expect.arrayContaining(['ask.next -> loose', 'loose.next -> send']),
    )
  })
})

describe('an edge from an exit that leads somewhere', () => {
  it('offers to run what it was drawn to first, or that the other gives way', () => {
    const [before, replace] = choices('ask exec:next', port('loose exec-in'))
    expect(before?.label).toBe('Insert before “Send”')
    expect(lines(before?.apply(flow) ?? flow)).toEqual(
      expect.arrayContaining(['ask.next -> loose', 'loose.next -> send']),
    )
    expect(replace?.hint).toBe('“Send” no longer follows “Ask”.')
  })

  it('brings a node forward that ran later, with all that follows it', () => {
    const [before] = choices('if exec:true', port('send exec-in'))
    expect(lines(before?.apply(flow) ?? flow)).toEqual(
      expect.arrayContaining(['if.true -> send', 'send.next -> ask']),
    )
  })
})

describe('a value', () => {
  it('is bound where it fits', () => {
    const bound = flowOf({ trigger: 'chat.trigger', send: 'flow.yieldReturn' }, [
      'trigger.next -> send',
    ])
    const [choice, ...others] = choices('trigger out:request', port('send in:value'), bound)
    expect(others).toEqual([])
    expect(choice).toMatchObject({ label: 'Bind Value', asks: false })
  })

  it('offers its fields where it does not fit itself', () => {
    const found = choices('trigger out:request', port('ask in:userPrompt'))
    expect(found.map(({ label }) => label)).toEqual([
      'Bind request.sessionId · text',
      'Bind request.prompt · text',
      'Bind request.context · text',
      'Bind request.instructions · text',
      'Bind request.user · text',
      'Bind request.options.temperature · number or null',
      'Bind request.options.maxCompletionTokens · number or null',
    ])
    const prompt = found.find(({ label }) => label === 'Bind request.prompt · text')
    const bound = prompt?.apply(flow).nodes.find(({ id }) => id === 'ask')
    expect(bound?.properties).toEqual({ userPrompt: { $ref: 'request.prompt' } })
  })

  it('is kept in a flow variable for what is out of its reach, and says so beforehand', () => {
    const later = {
      ...flow,
      edges: [...flow.edges, { from: ['if', 'continue'], to: 'after' }],
    } satisfies Flow
    const [keep] = choices('ask out:response', port('after in:value'), later)
    expect(keep).toMatchObject({ label: 'Keep it in a flow variable', asks: true })
    const kept = keep?.apply(later)
    expect(kept?.variables).toEqual([{ name: 'keptResponse', type: 'record' }])
    expect(kept?.nodes.find(({ id }) => id === 'after')?.properties).toEqual({
      value: { $ref: 'keptResponse' },
    })
    expect(lines(kept ?? later)).toEqual(
      expect.arrayContaining(['ask.next -> setVariable', 'setVariable.next -> send']),
    )
  })

  it('is refused with the reason where keeping it would not help', () => {
    const target = port('sorry in:value')
    expect(choices('ask out:response', target)).toEqual([])
    expect(refusalAt(flow, registry, { end: endOf('ask out:response'), target })).toBe(
      '"response" is out of reach: Either "Ask" runs or "Sorry", never both.',
    )
  })
})

describe('a wire that is dropped on a card', () => {
  const card = (nodeId: string): WireTarget => ({ kind: 'card', nodeId })

  it('ends at the only port of its kind', () => {
    expect(choices('sorry exec:next', card('loose')).map(({ label }) => label)).toEqual(['Connect'])
  })

  it('starts at the only exit that is free when it was drawn backwards', () => {
    const [choice, ...others] = choices('loose exec-in', card('if'))
    expect(others).toEqual([])
    expect(lines(choice?.apply(flow) ?? flow)).toContain('if.continue -> loose')
  })

  it('says why it fits nowhere on the card', () => {
    const drop = { end: endOf('sorry exec:next'), target: card('trigger') }
    expect(refusalAt(flow, registry, drop)).toBe('A trigger starts the flow; nothing leads to it.')
  })
})
