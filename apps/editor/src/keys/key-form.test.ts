import { describe, expect, it } from 'vitest'
import { emptyKeyForm, readKeyForm } from './key-form.ts'

const named = { ...emptyKeyForm, name: ' Web shop ' }
const noLimits = { requestsPerMinute: null, concurrentRuns: null }

describe('readKeyForm', () => {
  it('asks for what is chosen, and leaves out what is not narrowed', () => {
    expect(readKeyForm(named)).toEqual({
      wish: { name: 'Web shop', policies: ['execute'], limits: noLimits },
    })
    expect(
      readKeyForm({
        ...named,
        scope: 'some',
        flows: ['rag-chat'],
        environment: 'test',
        concurrentRuns: 4,
      }),
    ).toEqual({
      wish: {
        name: 'Web shop',
        policies: ['execute'],
        flows: ['rag-chat'],
        environment: 'test',
        limits: { requestsPerMinute: null, concurrentRuns: 4 },
      },
    })
  })

  it('narrows no key that designs, whatever was chosen before', () => {
    const form = { ...named, policies: ['configure'], scope: 'some', environment: 'test' } as const
    expect(readKeyForm(form)).toEqual({
      wish: { name: 'Web shop', policies: ['configure'], limits: noLimits },
    })
  })

  it('says at each field what is wrong', () => {
    const form = { ...emptyKeyForm, policies: [], scope: 'some', requestsPerMinute: 0.5 } as const
    expect(readKeyForm(form)).toEqual({
      errors: {
        name: 'Give it a name, such as the program’s.',
        policies: 'Choose what it may do.',
        flows: 'Choose a flow, or all flows.',
        requestsPerMinute: 'Give a whole number from 1 to 1000000, or leave it empty.',
      },
    })
  })
})
