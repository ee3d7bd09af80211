import { isRecord, type Usage } from '@millrace/flow'
import { readUsage } from '../read-usage.ts'

/** What a server answered to a request for embeddings. */
export interface EmbeddingAnswer {
  /** In the order of the texts. */
  readonly vectors: readonly (readonly number[])[]
  readonly model: string | undefined
  readonly usage: Usage | null
}

/**
 * Reads an answer to a request with so many texts: vectors as numbers or as base64, all of one
 * length. Why it cannot be used is the end of a sentence about the server.
 */
export function readEmbeddings(
  text: string,
  count: number,
): EmbeddingAnswer | { readonly fault: string } {
  const body = parse(text)
  if (!isRecord(body) || !Array.isArray(body['data'])) {
    return { fault: 'answered with something else than a list of embeddings' }
  }
  const { data, model, usage } = body
  if (data.length !== count)
    return { fault: `answered with ${data.length} vectors, and ${count} were asked for` }
  const vectors = inOrder(data).map(readVector)
  const [first] = vectors
  if (!vectors.every((vector) => vector !== undefined)) {
    return { fault: 'answered with a vector that is no list of numbers' }
  }
  const other = vectors.find((vector) => vector.length !== first?.length)
  if (other !== undefined) {
    return { fault: `answered with vectors of ${first?.length} and of ${other.length} numbers` }
  }
  return {
    vectors,
    model: typeof model === 'string' ? model : undefined,
    usage: isRecord(usage) ? readUsage(usage) : null,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The items by their index where each has one; servers need not keep the order. */
function inOrder(items: readonly unknown[]): readonly unknown[] {
  const indexes = items.map((item) => (isRecord(item) ? item['index'] : undefined))
  const isPermutation = new Set(indexes).size === items.length
  const isIndexed = indexes.every((index) => typeof index === 'number' && index in items)
  if (!isPermutation || !isIndexed) return items
  const ordered: unknown[] = Array.from({ length: items.length })
  for (const [position, item] of items.entries()) ordered[Number(indexes[position])] = item
  return ordered
}

function readVector(item: unknown): readonly number[] | undefined {
  const embedding = isRecord(item) ? item['embedding'] : undefined
  const numbers = typeof embedding === 'string' ? fromBase64(embedding) : embedding
  if (!Array.isArray(numbers) || numbers.length === 0) return undefined
  return numbers.every((number) => Number.isFinite(number)) ? numbers : undefined
}

/** Four bytes a number, the lowest first. */
function fromBase64(text: string): readonly number[] {
  const bytes = Buffer.from(text, 'base64')
  const length = Math.floor(bytes.length / 4)
  return Array.from({ length }, (_, index) => bytes.readFloatLE(index * 4))
}
