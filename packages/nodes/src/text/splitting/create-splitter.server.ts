import type { PropertiesOf } from '@millrace/engine'
import { FlowError, type NodeDefinition } from '@millrace/flow'
import { splitByCost } from './split-by-cost.ts'
import { readHeaderLevels, splitMarkdown } from './split-markdown.ts'
import type { splitterProperties } from './splitter-properties.ts'
import { loadTokenCost } from './token-cost.server.ts'

/** A node that cuts texts. */
export interface SplitterNode {
  readonly title: string
  readonly properties: Pick<
    PropertiesOf<NodeDefinition & { readonly properties: typeof splitterProperties }>,
    keyof typeof splitterProperties
  >
}

/** Cuts a text into pieces, each when it is asked for. */
export type Splitter = (text: string) => Iterable<string>

/** The splitter that a node describes. Throws `input_invalid` when its properties do not go together. */
export async function createSplitter(node: SplitterNode): Promise<Splitter> {
  const { splitterType, chunkSize, encodingName, maxTokens } = node.properties
  switch (splitterType) {
    case 'recursiveCharacters': {
      const overlap = overlapWithin(node, { max: chunkSize, label: 'Chunk size' })
      const size = { max: chunkSize, overlap, cost: (text: string) => text.length }
      return (text) => splitByCost(text, size)
    }
    case 'tokens': {
      const overlap = overlapWithin(node, { max: maxTokens, label: 'Max tokens' })
      const size = { max: maxTokens, overlap, cost: await loadTokenCost(encodingName) }
      return (text) => splitByCost(text, size)
    }
    case 'markdownHeaders': {
      const { headersToSplitOn, includeHeadersInOutput } = node.properties
      const levels = readHeaderLevels(headersToSplitOn)
      if (levels === undefined) {
        throw unfit(
          `"Headers to split on" of "${node.title}" is a list of marks from # to ######, with commas between them.`,
          'headersToSplitOn',
        )
      }
      const headers = includeHeadersInOutput ? 'include' : 'leave-out'
      return (text) => splitMarkdown(text, { levels, headers })
    }
  }
}

/** More than half would repeat most of a text several times over. */
function overlapWithin(
  { title, properties: { chunkOverlap } }: SplitterNode,
  { max, label }: { readonly max: number; readonly label: string },
): number {
  const most = Math.floor(max / 2)
  if (chunkOverlap <= most) return chunkOverlap
  throw unfit(
    `"Chunk overlap" of "${title}" must be at most half of "${label}", which is ${most}.`,
    'chunkOverlap',
  )
}

function unfit(message: string, property: string): FlowError {
  return new FlowError('input_invalid', message, { property })
}
