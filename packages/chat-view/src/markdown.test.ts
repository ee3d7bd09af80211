import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { heavyMarkdown, hostileMarkdown } from './testing/hostile-markdown.ts'
import { Markdown } from './markdown.tsx'
import styles from './markdown.module.css'

function htmlOf(text: string, isStreaming = false): string {
  return renderToStaticMarkup(createElement(Markdown, { text, isStreaming }))
}

interface Tag {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

/** The tags of what React wrote, in whose texts and attributes `<` and `"` never stand as they are. */
function tagsOf(html: string): readonly Tag[] {
  return [...html.matchAll(/<([^\s>/]+)([^>]*)>/g)].map(([, name = '', rest = '']) => ({
    name,
    attributes: Object.fromEntries(
      [...rest.matchAll(/([^\s="]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
    ),
  }))
}

const elements = new Set(
  'a blockquote br button code del div em h1 h2 h3 h4 h5 h6 hr input li ol p path pre rect section span strong sup svg table tbody td th thead tr ul'.split(
    ' ',
  ),
)
const attributes = new Set(
  'aria-describedby aria-hidden aria-label checked class d data-footnote-backref data-footnote-ref data-footnotes data-streaming disabled fill height href id rel rx ry start stroke stroke-linecap stroke-linejoin stroke-width style tabindex target type viewBox width x xmlns y'.split(
    ' ',
  ),
)

/** What of some HTML is more than text, plain elements and links of the web. */
function harmIn(html: string): readonly unknown[] {
  return tagsOf(html).flatMap((tag) => [
    ...(elements.has(tag.name) ? [] : [tag]),
    ...Object.entries(tag.attributes).filter(([key, value]) => {
      if (key === 'href') return !/^(?:https?:|mailto:)/i.test(value)
      if (key === 'style') return !/^text-align:(?:left|right|center)$/.test(value)
      return !attributes.has(key)
    }),
  ])
}

describe('Markdown of a model', () => {
  it.each(hostileMarkdown.map((text) => [text]))(
    'becomes nothing but text and links: %j',
    (text) => {
      const pieces = [text, `${text} and more`, `- ${text}`, `> ${text}`, `| a |\n|-|\n| ${text} |`]
      expect(pieces.flatMap((piece) => harmIn(htmlOf(piece)))).toEqual([])
    },
  )

  it('is as harmless wherever its stream stands', () => {
    const text = hostileMarkdown.join('\n\n')
    for (let end = 0; end < text.length; end += 97) {
      expect(harmIn(htmlOf(text.slice(0, end), true))).toEqual([])
    }
  })
})

it('finds the addresses and the notes that Markdown names at its end', () => {
  const html = htmlOf('See [the guide][1].\n\nAnd a note[^a].\n\n[1]: https://a.test\n[^a]: Well.')
  expect(html).toContain('href="https://a.test"')
  expect(html).toContain('Well.')
  expect(html).not.toContain('[')
})

describe('Markdown that would bring down the page', () => {
  it.each(Object.entries(heavyMarkdown))('is shown as the text it is: %s', (_, text) => {
    expect(htmlOf(text)).toContain(`<p class="${styles.plain}">${text.replaceAll('>', '&gt;')}</p>`)
  })

  it.each([
    [
      'nested as people do',
      times(6, (depth) => `${' '.repeat(depth * 2)}- *item* [${depth}](https://a.test)`),
    ],
    ['with a long table', `|a|b|c|\n|-|-|-|\n${times(400, (row) => `|${row}|**two**|(three)|`)}`],
    [
      'with much emphasis',
      times(400, (item) => `- **Item ${item}** is _good_, ~~not~~ (as such).`),
    ],
    ['with code right behind a line', `So:\n\`\`\`\n${'['.repeat(1000)}\n\`\`\``],
    [
      'with a long block of code',
      `\`\`\`\n${times(20_000, (line) => `[${line}, [[[ > > >`)}\n\`\`\``,
    ],
  ])('is none where it is only long, or %s', (_, text) => {
    expect(htmlOf(text)).not.toContain(`class="${styles.plain}"`)
  })
})

function times(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n')
}
