import { readBinding, type Flow, type MappedColumn, type RecordField } from '@millrace/flow'
import type { NewColumn } from '@millrace/nodes'

/** The columns that a table of a record definition would have; of an empty one, the usual ones. */
export function columnsForFields(
  fields: readonly RecordField[],
  dimensions: number | undefined,
): readonly NewColumn[] {
  const proposed = fields.length === 0 ? usualFields : fields
  return proposed.map(({ name, type, key, vector, content }): NewColumn => {
    const isNeeded = key === true || vector === true || content === true
    const column = { name, type, key: key === true, nullable: !isNeeded }
    return type === 'vector' && dimensions !== undefined ? { ...column, dimensions } : column
  })
}

const usualFields: readonly RecordField[] = [
  { name: 'id', type: 'uuid', key: true },
  { name: 'content', type: 'text', content: true },
  { name: 'embedding', type: 'vector', vector: true },
  { name: 'source', type: 'text', metadata: true },
]

/** The columns that a table of a mapping would have; of an empty one, a key to begin with. */
export function columnsForMapping(columns: readonly MappedColumn[]): readonly NewColumn[] {
  if (columns.length === 0) return [{ name: 'id', type: 'text', key: true, nullable: false }]
  return columns.map(({ column, type, key }): NewColumn => ({
    name: column,
    type: type === 'auto' ? 'text' : type,
    key: key === true,
    nullable: key !== true,
  }))
}

/** Why columns make no table, as a sentence; `undefined` when they do. */
export function whyNotColumns(columns: readonly NewColumn[]): string | undefined {
  const names = columns.map(({ name }) => name.trim().toLowerCase())
  if (names.includes('')) return 'Every column needs a name.'
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  return twice === undefined ? undefined : `Two columns are named “${twice}”.`
}

/** How long the vectors of known models are, when nothing else is asked of them. */
const dimensionsOfModels: Readonly<Record<string, number>> = {
  'text-embedding-3-small': 1536,
  'text-embedding-3-large': 3072,
  'text-embedding-ada-002': 1536,
  'demo-embedder': 512,
}

/** How long the vectors are that the embedder at a node makes, as far as that is known. */
export function embedderDimensions(flow: Flow, nodeId: string): number | undefined {
  const attached = flow.attachments?.filter(({ host }) => host[0] === nodeId) ?? []
  for (const { resource } of attached) {
    const { dimensions, embeddingModel } =
      flow.nodes.find(({ id }) => id === resource)?.properties ?? {}
    if (typeof dimensions === 'number') return dimensions
    const model = embeddingModel === undefined ? undefined : readBinding(embeddingModel)
    if (model?.kind === 'literal' && typeof model.value === 'string') {
      const known = dimensionsOfModels[model.value]
      if (known !== undefined) return known
    }
  }
  return undefined
}
