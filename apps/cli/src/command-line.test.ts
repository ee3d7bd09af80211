import { describe, expect, it } from 'vitest'
import { refuseUnknown } from './command-line.ts'
import { UsageError } from './exit-code.ts'

const args = {
  file: { type: 'positional' },
  input: { type: 'string' },
  server: { type: 'string' },
  events: { type: 'boolean' },
} as const

function refusal(line: string, takesMany = false): string | undefined {
  try {
    refuseUnknown(line.split(' '), { args, takesMany })
    return undefined
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
}

describe('a command line', () => {
  it('is refused with an option that the command does not have', () => {
    expect(refusal('a.json --sever http://a.test')).toBe(
      'There is no option "--sever". Did you mean --server?',
    )
    expect(refusal('a.json --port 80')).toBe('There is no option "--port".')
    expect(refusal('a.json --no-events')).toBe(
      'There is no option "--no-events". Did you mean --events?',
    )
    expect(refusal('a.json -x')).toBe('There is no option "-x".')
    expect(refusal('a.json --constructor')).toBe('There is no option "--constructor".')
  })

  it('is refused with an option that lacks its value, or has one that it does not take', () => {
    expect(refusal('a.json --input')).toBe('--input needs a value: --input=….')
    expect(refusal('a.json --input --events')).toBe('--input needs a value: --input=….')
    expect(refusal('--events=no a.json')).toBe('--events takes no value. Leave "no" out.')
  })

  it('is refused with more files than the command takes', () => {
    expect(refusal('a.json b.json')).toBe('"b.json" is one argument too many. Leave it out.')
    expect(refusal('a.json b.json', true)).toBeUndefined()
  })

  it('is read otherwise: values that begin with a dash when they are joined on, - for a pipe', () => {
    expect(refusal('a.json --input - --events')).toBeUndefined()
    expect(refusal('--input=-5 --server http://a.test -- --odd.json')).toBeUndefined()
  })
})
