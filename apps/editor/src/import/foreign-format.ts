import { isRecord } from '@millrace/flow'

/** The product that a document was exported from, where its shape says so. */
export function foreignFormat(value: unknown): string | undefined {
  return formats.find(({ isIt }) => isIt(value))?.product
}

/** Of texts that are no JSON, some are files of others too. */
export function foreignText(text: string): string | undefined {
  if (/^app:/m.test(text) && /^workflow:/m.test(text)) return 'Dify'
  if (/^version: \d/m.test(text) && /^\s+graphs:/m.test(text)) return 'Rivet'
  return undefined
}

interface Format {
  readonly product: string
  readonly isIt: (value: unknown) => boolean
}

const formats: readonly Format[] = [
  {
    product: 'n8n',
    isIt: (value) =>
      isRecord(value) &&
      isRecord(value['connections']) &&
      nodesOf(value).some((node) => typeof node['typeVersion'] === 'number'),
  },
  {
    product: 'Langflow',
    isIt: (value) =>
      isRecord(value) &&
      isRecord(value['data']) &&
      Array.isArray(value['data']['edges']) &&
      nodesOf(value['data']).length > 0,
  },
  {
    product: 'Flowise',
    isIt: (value) =>
      isRecord(value) &&
      value['format'] === undefined &&
      Array.isArray(value['edges']) &&
      nodesOf(value).some((node) => isRecord(node['data']) && isRecord(node['position'])),
  },
  {
    product: 'Node-RED',
    isIt: (value) =>
      Array.isArray(value) && value.some((item) => isRecord(item) && Array.isArray(item['wires'])),
  },
]

function nodesOf(value: Readonly<Record<string, unknown>>): readonly Record<string, unknown>[] {
  const nodes = value['nodes']
  return Array.isArray(nodes) ? nodes.filter(isRecord) : []
}
