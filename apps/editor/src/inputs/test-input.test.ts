import { emptyFlow, type Flow, type JsonValue } from '@millrace/flow'
import { expect, it } from 'vitest'
import { testInputOf } from './test-input.ts'

function flowWith(properties: Readonly<Record<string, JsonValue>>): Flow {
  return { ...emptyFlow('id', 'Name'), nodes: [{ id: 'start', type: 'http.trigger', properties }] }
}

it('runs a flow with the default data of its trigger, until something else was edited', () => {
  const flow = flowWith({ defaultData: { limit: 3 } })
  expect(testInputOf(flow, undefined)).toMatchObject({ value: { limit: 3 }, isChanged: false })
  expect(testInputOf(flow, '{"limit": 5}')).toMatchObject({ value: { limit: 5 }, isChanged: true })
})

it('judges it by the fields of the trigger', () => {
  const flow = flowWith({ fields: [{ name: 'limit', type: 'number' }] })
  expect(testInputOf(flow, undefined).problems).toEqual([
    { field: 'limit', message: '“limit” is needed.' },
  ])
})

it('gives a flow without a trigger an input that says nothing', () => {
  expect(testInputOf(emptyFlow('id', 'Name'), '7')).toEqual({
    declared: undefined,
    text: '{}',
    isChanged: false,
    value: {},
    problems: [],
  })
})
