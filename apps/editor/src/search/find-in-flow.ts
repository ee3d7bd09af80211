import type { Flow, Problem, Registry } from '@millrace/flow'
import {
  searchable,
  textsOfFlow,
  textsOfNode,
  type FoundPlace,
  type SearchableText,
} from './searchable-texts.ts'

/** A text of the flow that holds what is searched. */
export interface Hit {
  readonly place: FoundPlace
  readonly what: string
  readonly text: string
  /** Where in the text it is held for the first time. */
  readonly at: number
}

/** What is searched in. */
export interface SearchSources {
  readonly flow: Flow
  readonly problems: readonly Problem[]
  readonly registry: Registry
}

/** How a node is called, its type and its id say the same thing often: one hit of these is enough. */
const names: readonly string[] = ['Title', 'Type', 'Id']

/** All that holds the searched text, whatever its case: the flow first, then its nodes from left to right. */
export function findInFlow(sources: SearchSources, search: string): readonly Hit[] {
  const wanted = search.trim().toLowerCase()
  if (wanted === '') return []
  const { flow, problems, registry } = sources
  const wrong = Map.groupBy(problems, ({ nodeId }) => nodeId)
  const places = flow.layout?.nodes ?? {}
  const inOrder = flow.nodes.toSorted((left, right) => {
    const [x, y] = places[left.id] ?? [0, 0]
    const [otherX, otherY] = places[right.id] ?? [0, 0]
    return x - otherX || y - otherY
  })
  return [
    hitsIn([...textsOfFlow(flow), ...textsOfProblems(wrong.get(undefined))], wanted),
    ...inOrder.map((node) =>
      hitsIn([...textsOfNode(node, registry), ...textsOfProblems(wrong.get(node.id))], wanted),
    ),
  ].flat()
}

function hitsIn(texts: readonly SearchableText[], wanted: string): readonly Hit[] {
  let isNamed = false
  return texts.flatMap(({ place, what, text, lower }) => {
    const at = lower.indexOf(wanted)
    if (at === -1) return []
    const isName = place.kind === 'node' && names.includes(what)
    if (isName && isNamed) return []
    isNamed ||= isName
    return [{ place, what, text, at }]
  })
}

function textsOfProblems(problems: readonly Problem[] = []): readonly SearchableText[] {
  return problems.map(({ nodeId, property, message }) => {
    const place: FoundPlace =
      nodeId === undefined
        ? { kind: 'flow', tab: 'settings' }
        : { kind: 'node', nodeId, ...(property === undefined ? {} : { property }) }
    return searchable(place, 'Problem', message)
  })
}
