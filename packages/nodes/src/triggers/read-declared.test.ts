import { describe, expect, it } from 'vitest'
import { runFlowTrigger } from '../flow/trigger/run.ts'
import { runHttpTrigger } from '../http/trigger/run.ts'

const fields = [
  { name: 'customer', type: 'text' },
  { name: 'count', type: 'number' },
  { name: 'note', type: 'text', optional: true },
]

/** What a trigger starts its flow with. */
function started(
  trigger: typeof runHttpTrigger,
  input: unknown,
  properties: Readonly<Record<string, unknown>> = { fields },
): unknown {
  if (trigger.kind !== 'trigger') throw new Error('not a trigger')
  return trigger.accept(input, properties)['data']
}

describe.each([
  ['http.trigger', runHttpTrigger],
  ['flow.trigger', runFlowTrigger],
])('%s', (_, trigger) => {
  it('[R2] takes what fits, keeps what it does not declare, and fills in null for what was left out', () => {
    const input = { customer: 'C-1', count: 2, extra: [1] }
    expect(started(trigger, input)).toEqual({ ...input, note: null })
    expect(started(trigger, { ...input, note: null })).toEqual({ ...input, note: null })
  })

  it('[R2] names every field that is missing or of another type', () => {
    expect(() => started(trigger, { count: 'two', note: {} })).toThrow(
      expect.objectContaining({
        code: 'input_invalid',
        message:
          'What the flow was started with does not fit: "customer" is missing (text); "count" must be number, but is text; "note" must be text, but is record.',
        details: {
          fields: [
            { field: 'customer', expected: 'text', found: 'nothing' },
            { field: 'count', expected: 'number', found: 'text' },
            { field: 'note', expected: 'text', found: 'record' },
          ],
        },
      }) as Error,
    )
  })

  it.each([
    ['list', { list: [] }],
    ['record', { record: {} }],
    ['any', { any: null }],
    ['boolean', { boolean: false }],
  ])('[R2] takes an empty value of the type %s', (type, input) => {
    expect(started(trigger, input, { fields: [{ name: type, type }] })).toEqual(input)
  })

  it('[R2] takes no value that every object has for a field', () => {
    expect(() => started(trigger, {}, { fields: [{ name: 'valueOf', type: 'any' }] })).toThrow(
      expect.objectContaining({ code: 'input_invalid' }) as Error,
    )
  })

  it('[R1] starts with its default data when nothing at all was sent', () => {
    const defaultData = { customer: 'C-0', count: 0 }
    const properties = { fields, defaultData }
    expect(started(trigger, undefined, properties)).toEqual({ ...defaultData, note: null })
    expect(() => started(trigger, {}, properties)).toThrow(/"customer" is missing/)
  })

  it('[R1] checks its default data as if it had been sent', () => {
    const properties = { fields, defaultData: { customer: 'C-0' } }
    expect(() => started(trigger, undefined, properties)).toThrow(
      /^The default data of the trigger does not fit: "count" is missing/,
    )
  })

  it('[R1] takes any object without fields, and nothing but an object', () => {
    expect(started(trigger, undefined, {})).toEqual({})
    expect(started(trigger, { a: [1] }, {})).toEqual({ a: [1] })
    for (const input of [null, 'text', 3, [1]]) {
      expect(() => started(trigger, input, {})).toThrow(/must be a JSON object/)
    }
  })
})
