import { describe, expect, it } from 'vitest'
import { chunkEvent } from '../../testing/chunks.ts'
import { ChunkTemplate } from './chunk-template.ts'

const chunk = (content: string, padding?: string) =>
  JSON.stringify({
    id: 'x',
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
    ...(padding === undefined ? {} : { usage: null, obfuscation: padding }),
  })

function learned(from: string): ChunkTemplate {
  const template = new ChunkTemplate()
  template.learn(from)
  return template
}

const readAll = (template: ChunkTemplate, data: string) => template.read(data, 0, data.length)

describe('ChunkTemplate', () => {
  it('reads the content of a chunk that differs in nothing else', () => {
    const template = learned(chunk('a'))
    expect(readAll(template, chunk('b "c" \\ ü \n'))).toBe('b "c" \\ ü \n')
  })

  it('reads chunks whose padding differs', () => {
    const template = learned(chunk('a', 'x1'))
    expect(readAll(template, chunk('b', ''))).toBe('b')
    expect(readAll(template, chunk('c', 'abcdefgh'))).toBe('c')
    expect(readAll(template, chunk('c', '-'))).toBeUndefined()
  })

  it.each([
    ['another field', JSON.stringify({ ...JSON.parse(chunk('a')), model: 'm' })],
    ['another delta', chunk('a').replace('"content":"a"', '"content":"a","refusal":"b"')],
    ['a finish reason', chunk('a').replace('null', '"stop"')],
    ['content that is not ended', chunk('a').replace('"a"', '"a')],
    ['content with a raw line break', chunk('a').replace('"a"', '"a\n"')],
    ['content of null', chunk('a').replace('"a"', 'null')],
    ['less than the template', '{"id":"x"}'],
  ])('leaves a chunk with %s to be parsed whole', (_, data) => {
    expect(readAll(learned(chunk('a')), data)).toBeUndefined()
  })

  it('learns nothing from a chunk whose content stands elsewhere', () => {
    const data = '{"x":{"content":"a"},"choices":[{"delta":{"c\\u006fntent":"a"}}]}'
    expect(readAll(learned(data), data)).toBeUndefined()
  })

  it('learns again when the chunks change, but not for ever', () => {
    const template = new ChunkTemplate()
    for (let created = 0; created < 10; created += 1)
      template.learn(`{"created":${created},${chunk('a').slice(1)}`)
    const last = `{"created":9,${chunk('a').slice(1)}`
    expect(readAll(template, last)).toBeUndefined()
    expect(readAll(template, last.replace('9', '3'))).toBe('a')
  })

  it('reads a part of a longer text', () => {
    const text = chunkEvent({ content: 'a' }) + chunkEvent({ content: 'b' })
    const template = learned(chunkEvent({ content: 'x' }).slice(6, -2))
    const start = text.indexOf('data: ', 1) + 6
    expect(template.read(text, start, text.length - 2)).toBe('b')
  })
})
