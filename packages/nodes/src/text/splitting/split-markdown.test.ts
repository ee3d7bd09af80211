import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHeaderLevels, splitMarkdown } from './split-markdown.ts'

const levels = new Set([1, 2])

function sections(text: string, headers: 'include' | 'leave-out' = 'include'): readonly string[] {
  return [...splitMarkdown(text, { levels, headers })]
}

const manual = `Foreword.

# Flows

What flows are.

## Nodes

What nodes are.

### Ports

What ports are.

## Edges

# Runs

What runs are.
`

describe('the sections of a Markdown text', () => {
  it('come with the headers that lead to them', () => {
    expect(sections(manual)).toEqual([
      'Foreword.',
      '# Flows\nWhat flows are.',
      '# Flows\n## Nodes\nWhat nodes are.\n\n### Ports\n\nWhat ports are.',
      '# Flows\n## Edges',
      '# Runs\nWhat runs are.',
    ])
  })

  it('come without headers where those are left out', () => {
    expect(sections(manual, 'leave-out')).toEqual([
      'Foreword.',
      'What flows are.',
      'What nodes are.\n\n### Ports\n\nWhat ports are.',
      'What runs are.',
    ])
  })

  it('do not begin inside a fence of code', () => {
    const text = '# Shell\n```sh\n# a comment\n```\n~~~\n# another\n~~~\n'
    expect(sections(text)).toEqual([text.trim()])
  })

  it('do not begin at what only looks like a header', () => {
    const text = '#hashtag\n    # indented code\n####### seven'
    expect(sections(text)).toEqual([text])
  })

  it('hold the header alone where nothing follows it, once', () => {
    expect(sections('# A\n## B\n## C\ntext')).toEqual(['# A\n## B', '# A\n## C\ntext'])
    expect(sections('# A')).toEqual(['# A'])
    expect(sections('# A\n\n# B')).toEqual(['# A', '# B'])
  })

  it('lose no line', () => {
    const line = fc.constantFrom('# A', '## B', '### C', '# D', '```', 'text', 'more', '', '  ')
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const given = sections(lines.join('\n')).join('\n').split('\n')
        const wanted = new Set(lines.map((text) => text.trim()).filter((text) => text !== ''))
        expect(new Set(given.map((text) => text.trim()).filter((text) => text !== ''))).toEqual(
          wanted,
        )
      }),
    )
  })
})

describe('the list of headers to split on', () => {
  it('names how deep they are', () => {
    expect(readHeaderLevels('#, ##,####')).toEqual(new Set([1, 2, 4]))
  })

  it.each(['', 'h1', '#, two', '#,', '#######'])('is not %j', (list) => {
    expect(readHeaderLevels(list)).toBeUndefined()
  })
})
