import { describe, expect, it } from 'vitest'
import { demoAnswer, tokensOf } from './demo-answer.ts'

const ask = (content: string) => demoAnswer([{ role: 'user', content }])

const context = [
  'Millrace flows are saved as JSON.',
  'Bananas are yellow.',
  'A flow can be published to clients.',
].join(' ')

describe('demoAnswer', () => {
  it.each(['Hello', '', 'CONTEXT:\nA.\n\nUSER QUESTION:\nB'])(
    'begins by saying what it is, to %j',
    (prompt) => {
      expect(ask(prompt)).toMatch(/^This is the demo model, not an AI\. /)
    },
  )

  // What looks for its end anew at each place would take minutes.
  it.each([
    ['line breaks', '\n'],
    ['tabs', '\t'],
    ['lines and tabs', '\n\t'],
    ['separators of lines', '\u2028'],
    ['documents', '[DOCUMENT]\n'],
    ['beginnings of documents', '\n[DOCUMENT'],
    ['sources', '\nSource:'],
  ])('answers a prompt of nothing but %s', (_, piece) => {
    const much = piece.repeat(400_000 / piece.length)
    for (const prompt of [much, `CONTEXT:${much}`, `CONTEXT: a${much}b\nQUESTION: a${much}b`]) {
      expect(ask(prompt)).toMatch(/^This is the demo model/)
      expect(tokensOf(prompt).join('')).toBe(prompt.trimEnd())
    }
  })

  it('quotes the sentences of the context that fit the question best', () => {
    const answer = ask(`CONTEXT:\n${context}\n\nUSER QUESTION:\nHow are flows saved?`)
    expect(answer).toContain('> Millrace flows are saved as JSON.')
    expect(answer).not.toContain('Bananas')
  })

  it('knows a context under a title of its own', () => {
    const answer = ask(`Context: ${context}\nQuestion: What is yellow?`)
    expect(answer).toContain('> Bananas are yellow.')
  })

  it('says which document a quotation is from, where the context does', () => {
    const found = [
      '[DOCUMENT]\nSource: docs/flows.md\nContent: Flows are saved as JSON.\n[/DOCUMENT]',
      '[DOCUMENT]\nSource: docs/fruit.md\nContent: Bananas are yellow.\n[/DOCUMENT]',
    ].join('\n')
    const answer = ask(`CONTEXT:\n${found}\n\nUSER QUESTION:\nHow are documents of flows saved?`)
    expect(answer).toContain('> Flows are saved as JSON. (docs/flows.md)\n\n')
    expect(answer).not.toContain('DOCUMENT')
  })

  it('says so when the context does not fit', () => {
    const answer = ask(`CONTEXT:\n${context}\n\nUSER QUESTION:\nWho won?`)
    expect(answer).toContain('shares no word with it')
    expect(answer).toContain('> Millrace flows are saved as JSON.')
  })

  it('mentions the prompt, cut short', () => {
    expect(ask('Hello you')).toContain('"Hello you"')
    expect(ask('x'.repeat(500)).length).toBeLessThan(600)
  })

  it('varies with the prompt, and is the same for the same prompt', () => {
    const prompts = ['Hi', 'What is a flow?', 'Tell me a joke', 'Ping', 'Hello', 'Why?']
    const answers = prompts.map((prompt) => ask(prompt).replace(`"${prompt}"`, ''))
    expect(new Set(answers).size).toBeGreaterThan(2)
    expect(ask('Hi')).toBe(ask('Hi'))
  })

  it('tells how many earlier messages it got, without the instructions', () => {
    const answer = demoAnswer([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
      { role: 'user', content: 'c' },
    ])
    expect(answer).toContain('2 earlier messages')
    expect(answer).toContain('Your system prompt arrived too')
  })
})

describe('tokensOf', () => {
  it('loses nothing of a text', () => {
    const text = 'One  two\n\n> three-and-a-very-long-word.'
    expect(tokensOf(text).join('')).toBe(text)
  })
})
