import { emptyFlow, type Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { registry } from '../registry.ts'
import { constantsOf, lastValueOf } from './last-values.ts'

it('takes a flow variable for known only when no node sets it', () => {
  const flow: Flow = {
    ...emptyFlow('f', 'F'),
    variables: [
      { name: 'tone', type: 'text', value: 'kind' },
      { name: 'count', type: 'number', value: 0 },
      { name: 'unset', type: 'text' },
    ],
    nodes: [
      { id: 's', type: 'flow.setVariable', properties: { variable: 'count', value: 'count' } },
    ],
  }
  expect(constantsOf(flow, registry)).toEqual(new Map([['tone', 'kind']]))
})

it('follows a reference into a value, where nothing is null and what is not known is undefined', () => {
  const values = new Map<string, unknown>([['request', { prompt: 'Hi', context: null }]])
  expect(lastValueOf('request.prompt', values)).toBe('Hi')
  expect(lastValueOf('request.context', values)).toBeNull()
  expect(lastValueOf('response.content', values)).toBeUndefined()
})
