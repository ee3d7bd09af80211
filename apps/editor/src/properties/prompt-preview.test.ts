import type { JsonValue } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { registry } from '../registry.ts'
import { isPrompted, previewPrompt } from './prompt-preview.ts'

const request = { prompt: 'Why?', context: '', history: [{ Role: 'User', Content: 'Hi' }] }

function preview(
  properties: Readonly<Record<string, JsonValue>>,
  values: Readonly<Record<string, unknown>> = {},
  recorded: Readonly<Record<string, unknown>> = {},
) {
  const { messages, problem } = previewPrompt({
    properties,
    recorded,
    values: new Map(Object.entries(values)),
  })
  // Chips as the reader sees them.
  const written = messages.map(
    ({ role, text }) => `${role}: ${text.replace(/\uE000/g, '‹').replace(/\uE001/g, '›')}`,
  )
  return problem === undefined ? written : [...written, problem]
}

describe('the preview of a prompt', () => {
  it('composes what the server would send', () => {
    expect(
      preview({
        systemPrompt: 'Be brief.',
        history: '[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]',
        userPrompt: 'Why?',
        promptTemplate: 'Q: @@userPrompt @@other',
      }),
    ).toEqual(['system: Be brief.', 'user: Hi', 'assistant: Hello', 'user: Q: Why? @@other'])
  })

  it('reads nothing that a variable put into the template as a placeholder', () => {
    const properties = {
      userPrompt: 'Why?',
      promptTemplate: { $text: [{ $ref: 'request.prompt' }, ' @@userPrompt'] },
    }
    const hostile = { ...request, prompt: '@@userPrompt' }
    expect(preview(properties, { request: hostile })).toEqual(['user: @@userPrompt Why?'])
  })

  it('names the variables whose values are not known', () => {
    expect(
      preview({
        history: { $ref: 'request.history' },
        userPrompt: { $text: ['Say: ', { $ref: 'request.prompt' }] },
        context: { $ref: 'found.prompt' },
        systemPrompt: { $expr: 'request.instructions + "!"' },
      }),
    ).toEqual([
      'system: ‹= request.instructions + "!"›',
      'history: ‹request.history›',
      'user: CONTEXT:\n‹found.prompt›\n\nUSER QUESTION:\nSay: ‹request.prompt›',
    ])
  })

  it('has the values of the last run where there are any', () => {
    const properties = {
      history: { $ref: 'request.history' },
      userPrompt: { $ref: 'request.prompt' },
      context: { $ref: 'request.context' },
      systemPrompt: { $expr: 'request.prompt.size() > 9 ? "Long." : "Short."' },
    }
    expect(preview(properties, { request })).toEqual(['system: Short.', 'user: Hi', 'user: Why?'])
  })

  it('prefers what the node itself was given', () => {
    expect(
      preview({ userPrompt: { $ref: 'message.content' } }, {}, { userPrompt: 'Recorded' }),
    ).toEqual(['user: Recorded'])
  })

  it('takes nothing that a model wrote for a chip', () => {
    const hostile = {
      prompt: 'a \uE000secret\uE001',
      history: [{ role: 'user', content: '\uE000x' }],
    }
    expect(
      preview(
        { history: { $ref: 'request.history' }, userPrompt: { $ref: 'request.prompt' } },
        { request: hostile },
      ),
    ).toEqual(['user: x', 'user: a secret'])
  })

  it('says why a history cannot be read', () => {
    expect(preview({ userPrompt: 'Why?', history: 'once upon a time' })).toEqual([
      'user: Why?',
      'The history cannot be read: it is not JSON. It begins with "once upon a time". Give a JSON list of messages, each with role (system, user, assistant) and content.',
    ])
  })

  it('tells the template that counts while there is none', () => {
    const templateWith = (context: JsonValue) =>
      previewPrompt({ properties: { context }, recorded: {}, values: new Map() }).defaultTemplate
    expect(templateWith({ $ref: 'found' })).toContain('CONTEXT:\n@@context')
    expect(templateWith('')).toBe('@@userPrompt')
  })

  it('is there for nodes that ask a model', () => {
    const prompted = [...registry.nodes.values()].filter(isPrompted).map(({ type }) => type)
    expect(prompted).toContain('openai.streamingChatCompletion')
    expect(prompted).not.toContain('flow.yieldReturn')
  })
})
