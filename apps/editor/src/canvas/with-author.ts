import type { NodeDefinition } from '@millrace/flow'

/** What is said of a node's kind, and whose it is when it is not Millrace's: `Data · by acme-nodes`. */
export function withAuthor(text: string, definition: Pick<NodeDefinition, 'package'>): string {
  if (definition.package === undefined) return text
  return text === '' ? `by ${definition.package}` : `${text} · by ${definition.package}`
}
