import { describe, expect, it } from 'vitest'
import { completeCode } from './complete-code.ts'

const inputs = [
  {
    name: 'request',
    value: null,
    type: {
      record: {
        prompt: 'text',
        user: { optional: { record: { name: 'text', 'last name': 'text' } } },
      },
    },
  },
  { name: 'count', value: null, type: 'number' },
] as const

const namesAt = (source: string) => {
  const found = completeCode(source, source.length, inputs)
  return found && [found.from, found.options.map(({ name }) => name)]
}

describe('completing code', () => {
  it('offers the inputs where a name begins', () => {
    expect(namesAt('')).toEqual([0, ['request', 'count']])
    expect(namesAt('return req')).toEqual([7, ['request', 'count']])
  })

  it('offers the fields of what stands before a dot, with their types', () => {
    expect(completeCode('return request.pr', 17, inputs)).toEqual({
      from: 15,
      options: [
        { name: 'prompt', detail: 'text' },
        { name: 'user', detail: 'record with name, last name or null' },
      ],
    })
  })

  it('looks through what may be null, and leaves out what is no name', () => {
    expect(namesAt('return request.user?.')).toEqual([21, ['name']])
    expect(namesAt('return request.user.')).toEqual([20, ['name']])
  })

  it('offers nothing of what it does not know', () => {
    expect(namesAt('other.')).toBeUndefined()
    expect(namesAt('request.nothing.')).toBeUndefined()
    expect(namesAt('count.')).toEqual([6, []])
  })
})
