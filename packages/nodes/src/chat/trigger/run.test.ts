import { describe, expect, it } from 'vitest'
import { runChatTrigger } from './run.ts'

function accept(input: unknown): unknown {
  if (runChatTrigger.kind !== 'trigger') throw new Error('It is a trigger.')
  return runChatTrigger.accept(input, {})['request']
}

const empty = {
  sessionId: '',
  context: '',
  history: [],
  instructions: '',
  options: { temperature: null, maxCompletionTokens: null },
  user: '',
}

describe('chat.trigger', () => {
  it('takes a prompt alone', () => {
    expect(accept({ prompt: 'Hi' })).toEqual({ ...empty, prompt: 'Hi' })
  })

  it('takes everything that a client may send', () => {
    const input = {
      sessionId: 's1',
      prompt: 'Hi',
      context: 'page 3',
      history: [{ role: 'User', content: 'a' }],
      instructions: 'Be brief.',
      options: { temperature: 1, maxCompletionTokens: 5 },
      user: 'ada@mill.test',
    }
    expect(accept(input)).toEqual({ ...input, history: [{ role: 'user', content: 'a' }] })
  })

  it('takes system messages out of the history as instructions', () => {
    const history = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'a' },
      { role: 'developer', content: 'Be kind.' },
    ]
    expect(accept({ prompt: 'Hi', history })).toEqual({
      ...empty,
      prompt: 'Hi',
      history: [{ role: 'user', content: 'a' }],
      instructions: 'Be brief.\n\nBe kind.',
    })
  })

  it('passes a context that is not text on as JSON', () => {
    expect(accept({ prompt: 'Hi', context: { product: 3 } })).toEqual({
      ...empty,
      prompt: 'Hi',
      context: '{"product":3}',
    })
  })

  it.each([
    ['no object', 'Hi', 'starts with a JSON object'],
    ['a list', [], 'starts with a JSON object'],
    ['nothing', undefined, 'starts with a JSON object'],
    ['no prompt', {}, 'has no "prompt"'],
    [
      'a prompt that is no text',
      { prompt: 5 },
      '"prompt" of the request must be text, but is a number',
    ],
    ['a session id that is no text', { prompt: '', sessionId: {} }, 'but is an object'],
    [
      'an unreadable history',
      { prompt: '', history: 'x' },
      'The history of the request cannot be read',
    ],
    [
      'options that are no object',
      { prompt: '', options: 1 },
      '"options" of the request must be an object',
    ],
    ['an option that is no number', { prompt: '', options: { temperature: '1' } }, '"options"'],
  ])('refuses %s', (_, input, message) => {
    expect(() => accept(input)).toThrow(
      expect.objectContaining({ code: 'input_invalid', message: expect.stringContaining(message) }),
    )
  })
})
