import type { Registry } from '@millrace/flow'
import type { FlowSummary } from '../api/flow-list-api.ts'
import { textOfType } from '../templates/text-of-type.ts'
import { isMistypedOf, wordsIn } from '../ui/near-words.ts'

/** What a search looks at: what a designer wrote counts more than what nodes are called anyway. */
type Searched = Pick<
  FlowSummary,
  'id' | 'name' | 'description' | 'tags' | 'nodeTitles' | 'nodeTypes'
>

/** How well a flow is what somebody searches for; 0 is not at all. Every word has to be found. */
export function searchScore(flow: Searched, query: string, registry: Registry): number {
  const words = wordsIn(query)
  const places = [
    { text: flow.name, weight: 8 },
    { text: flow.tags.join(' '), weight: 6 },
    { text: flow.id, weight: 4 },
    { text: flow.nodeTitles.join(' '), weight: 3 },
    { text: flow.description, weight: 2 },
    { text: flow.nodeTypes.map((type) => textOfType(type, registry)).join(' '), weight: 1 },
  ].map(({ text, weight }) => ({ text: text.toLowerCase(), weight }))
  const scores = words.map((word) =>
    Math.max(...places.map(({ text, weight }) => weight * wordScore(word, text))),
  )
  if (scores.includes(0)) return 0
  return 1 + scores.reduce((sum, score) => sum + score, 0)
}

function wordScore(word: string, text: string): number {
  if (text === '') return 0
  if (text.startsWith(word) || text.includes(` ${word}`)) return 4
  if (text.includes(word)) return 3
  return isMistypedOf(word, wordsIn(text)) ? 1 : 0
}
