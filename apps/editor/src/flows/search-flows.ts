import { nearestName, type Registry } from '@millrace/flow'
import type { FlowSummary } from '../api/flows-api.ts'

/** What a search looks at: what a designer wrote counts more than what nodes are called anyway. */
type Searched = Pick<
  FlowSummary,
  'id' | 'name' | 'description' | 'tags' | 'nodeTitles' | 'nodeTypes'
>

/** A word this short is another word with one letter changed. */
const shortestMistyped = 4

/** How well a flow is what somebody searches for; 0 is not at all. Every word has to be found. */
export function searchScore(flow: Searched, query: string, registry: Registry): number {
  const words = wordsOf(query)
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
  if (word.length < shortestMistyped) return 0
  return nearestName(word, wordsOf(text)) === undefined ? 0 : 1
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}

function textOfType(type: string, registry: Registry): string {
  const definition = registry.nodes.get(type)
  return definition === undefined ? type : `${definition.system} ${definition.title}`
}
