import { describe, expect, it } from 'vitest'
import { markdownBlocks } from './markdown-blocks.ts'

describe('markdown blocks', () => {
  it('splits paragraphs and headings', () => {
    expect(markdownBlocks('# A\n\nOne\ntwo\n\nThree')).toEqual(['# A\n', 'One\ntwo\n', 'Three'])
  })

  it('keeps loose lists, quotes and tables together', () => {
    const list = '1. one\n\n2. two\n\n   more\n\n- three'
    expect(markdownBlocks(list)).toEqual([list])
  })

  it('never splits inside a code fence', () => {
    const code = '```ts\nconst a = 1\n\nconst b = 2\n```'
    expect(markdownBlocks(`${code}\n\nAfter`)).toEqual([`${code}\n`, 'After'])
    expect(markdownBlocks('~~~\n```\n\nstill code')).toEqual(['~~~\n```\n\nstill code'])
  })

  it('gives code a block of its own, wherever it begins', () => {
    expect(markdownBlocks('So:\n```ts\na\n```\nAnd')).toEqual(['So:', '```ts\na\n```', 'And'])
    expect(markdownBlocks('1. So:\n   ```\n   a\n   ```\n2. And')).toHaveLength(1)
    expect(markdownBlocks('A\n```not``` code\n\nB')).toEqual(['A\n```not``` code\n', 'B'])
  })

  it('adds up to the whole text', () => {
    const text = 'A\n\nB\n\n```\nx\n\ny\n```\n\nC'
    expect(markdownBlocks(text).join('\n')).toBe(text)
  })
})
