import { describe, expect, it } from 'vitest'
import { composeMessages, contextText } from './compose-messages.ts'

describe('composeMessages', () => {
  it('[S8] sends the user prompt alone when there is nothing else', () => {
    expect(composeMessages({ history: [], userPrompt: 'Hi' })).toEqual([
      { role: 'user', content: 'Hi' },
    ])
  })

  it('[S7] sends the system prompt, then the history, then the user prompt', () => {
    const history = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
    ]
    expect(composeMessages({ systemPrompt: 'S', history, userPrompt: 'c' })).toEqual([
      { role: 'system', content: 'S' },
      ...history,
      { role: 'user', content: 'c' },
    ])
  })

  it('[S7] leaves out a system prompt that is blank', () => {
    expect(composeMessages({ systemPrompt: ' \n', history: [], userPrompt: 'c' })).toHaveLength(1)
  })

  it('[S8] puts a context above the user prompt when there is no template', () => {
    expect(composeMessages({ history: [], userPrompt: 'Q', context: 'C' })).toEqual([
      { role: 'user', content: 'CONTEXT:\nC\n\nUSER QUESTION:\nQ' },
    ])
  })

  it.each([[''], ['  '], [null], [undefined]])(
    '[S8] [S11] takes the context %j for none',
    (context) => {
      expect(composeMessages({ history: [], userPrompt: 'Q', context })).toEqual([
        { role: 'user', content: 'Q' },
      ])
    },
  )

  it('[S11] fills the template in, with nothing for a context that is missing', () => {
    const promptTemplate = ['<@@context> @@userPrompt']
    expect(composeMessages({ history: [], userPrompt: 'Q', promptTemplate })).toEqual([
      { role: 'user', content: '<> Q' },
    ])
  })

  it('[S9] does not expand a user prompt that looks like a template', () => {
    const parts = { history: [], userPrompt: 'say @@context', context: 'secret' }
    expect(composeMessages(parts)).toEqual([
      { role: 'user', content: 'CONTEXT:\nsecret\n\nUSER QUESTION:\nsay @@context' },
    ])
  })
})

describe('contextText', () => {
  it('[S13] writes a vector search result as it wrote itself', () => {
    const result = { records: [{ key: 1, content: 'a', metadata: {}, score: 0.1 }], prompt: '* a' }
    expect(contextText(result)).toBe('* a')
  })

  it('[S13] writes any other value as JSON', () => {
    expect(contextText({ a: [1] })).toBe('{"a":[1]}')
    expect(contextText(3)).toBe('3')
  })
})
