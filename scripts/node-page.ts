import {
  describeType,
  emptyFlow,
  execPortsOf,
  fieldsOf,
  namedTypes,
  serializeFlow,
  type ExecPort,
  type FlowNode,
  type JsonValue,
  type NodeDefinition,
  type OutputDefinition,
  type PropertyDefinition,
  type PropertyKind,
} from '../packages/flow/src/index.ts'
import { sections, table } from './markdown.ts'

/** The page of one node in `docs/nodes`, as Markdown. */
export function nodePage(definition: NodeDefinition): string {
  const ports = execPortsOf(definition, exampleNode(definition))
  return sections([
    `# ${definition.title}`,
    `\`${definition.type}\` · ${definition.system} · ${definition.kind}, version ${definition.version}`,
    definition.description,
    execSection(definition, ports),
    propertySection(definition),
    outputSection('## Outputs', 'Visible to the nodes after it.', definition.outputs ?? {}),
    ...ports.map((port) =>
      outputSection(
        `## Inside "${port.label}"`,
        'Visible to the nodes at this exit only.',
        port.block ?? {},
      ),
    ),
    attachmentSection(definition),
    `## Example\n\n\`\`\`json\n${exampleJson(definition)}\n\`\`\``,
  ])
}

/** The list of all nodes, as Markdown. */
export function nodeIndex(definitions: readonly NodeDefinition[]): string {
  const rows = definitions.map((definition) => [
    `[${definition.title}](${definition.type}.md)`,
    `\`${definition.type}\``,
    definition.system,
    definition.description,
  ])
  return sections([
    '# Nodes',
    'Made from the definitions in `packages/nodes` by `pnpm run docs`.',
    table(['Node', 'Type', 'System', 'What it does'], rows),
    '## Records',
    'What the types of variables are made of.',
    table(
      ['Record', 'Fields'],
      Object.entries(namedTypes).map(([name, fields]) => [
        name,
        Object.entries(fields)
          .map(([key, type]) => `\`${key}\`: ${describeType(type)}`)
          .join(', '),
      ]),
    ),
  ])
}

function execSection(definition: NodeDefinition, ports: readonly ExecPort[]): string {
  if (definition.exec === undefined) {
    return '## Execution\n\nIt is attached to a node, which calls it; it has no place in the order of execution.'
  }
  const entry = definition.exec.in ? '' : 'A flow starts here: nothing comes before it.'
  const end = ports.length === 0 ? 'Its path ends here: it has no exit.' : ''
  const rows = ports.map(({ id, label, block, isLoop }) => [
    label,
    `\`${id}\``,
    block === undefined
      ? 'Goes on after the node.'
      : `A block that the node runs${isLoop ? ', as a loop: *Break* and *Continue* inside it mean this node' : ''}.`,
  ])
  return [
    '## Execution',
    entry,
    end,
    rows.length === 0 ? '' : table(['Exit', 'Port', 'Meaning'], rows),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function propertySection(definition: NodeDefinition): string {
  const common = [
    'Every node also has a *Title* and a *Description*',
    definition.kind === 'action' ? ', and can be *Disabled*.' : '.',
  ].join('')
  const ports = Object.entries(definition.properties)
    .filter(([, { port }]) => port !== undefined)
    .toSorted(([, left], [, right]) => (left.port ?? 0) - (right.port ?? 0))
    .map(([key]) => key)
  const rows = Object.entries(definition.properties).map(([key, property]) => [
    `${property.label}${property.required === true ? ' *' : ''}`,
    `\`${key}\``,
    editors[property.kind],
    defaultOf(property),
    ports.includes(key) ? String(ports.indexOf(key) + 1) : '',
    [property.help ?? '', rangeOf(property)].filter((part) => part !== '').join(' '),
  ])
  if (rows.length === 0) return `## Properties\n\nNone of its own. ${common}`
  const head = ['Label', 'Key', 'Editor', 'Default', 'Port', 'Meaning']
  return `## Properties\n\nIn the order of the panel; \`*\` is required. ${common}\n\n${table(head, rows)}`
}

const editors: Readonly<Record<PropertyKind, string>> = {
  text: 'text',
  longText: 'long text',
  template: 'template',
  number: 'number, variable or expression',
  boolean: 'switch, variable or expression',
  choice: 'choice',
  connection: 'connection',
  model: 'text, with suggestions',
  variableName: 'name',
  flowVariable: 'flow variable',
  value: 'variable, expression or value',
  reference: 'variable',
  conditions: 'condition rows or expression',
  json: 'JSON',
  sql: 'SQL editor',
  recordDefinition: 'grid of fields',
  columnMapping: 'grid of columns',
  filter: 'filter rows',
  table: 'text, with suggestions',
  cases: 'list of cases',
  fields: 'grid of fields',
  schedule: 'cron expression and time zone',
  namedValues: 'grid of values',
  code: 'code editor',
  flow: 'flow',
}

function defaultOf({ default: value }: PropertyDefinition): string {
  return value === undefined
    ? ''
    : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``
}

function rangeOf(property: PropertyDefinition): string {
  switch (property.kind) {
    case 'choice':
      return `One of ${Object.entries(property.options)
        .map(([value, label]) => `\`${value}\` (${label})`)
        .join(', ')}.`
    case 'connection':
      return `Kinds: ${property.kinds.map((kind) => `\`${kind}\``).join(', ')}.`
    case 'template':
      return property.fieldsOf === undefined
        ? `Placeholders: ${Object.keys(property.placeholders ?? {})
            .map((name) => `\`@@${name}\``)
            .join(', ')}.`
        : 'Placeholders: `@[name]` for each field.'
    default:
      return ''
  }
}

function outputSection(
  title: string,
  meaning: string,
  outputs: Readonly<Record<string, OutputDefinition>>,
): string {
  const rows = Object.values(outputs).flatMap(({ nameFrom, type }) => {
    const named = `as \`${nameFrom}\` names it`
    if (typeof type === 'object') {
      if ('fromProperty' in type) return [[named, `as \`${type.fromProperty}\` says`]]
      if ('itemOf' in type) return [[named, `an item of \`${type.itemOf}\``]]
      if ('fieldsOf' in type) return [[named, `a record with the fields of \`${type.fieldsOf}\``]]
    }
    const fields = Object.entries(fieldsOf(type) ?? {})
    return [
      [named, describeType(type)],
      ...fields.map(([name, field]) => [`\`.${name}\``, describeType(field)]),
    ]
  })
  return rows.length === 0 ? '' : `${title}\n\n${meaning}\n\n${table(['Variable', 'Type'], rows)}`
}

function attachmentSection({ attachments = {}, provides }: NodeDefinition): string {
  const rows = Object.entries(attachments).map(([key, { label, accepts, max, required }]) => [
    `${label}${required === true ? ' *' : ''}`,
    `\`${key}\``,
    accepts,
    String(max ?? 1),
  ])
  const given = provides === undefined ? '' : `It gives its host: ${provides}.`
  const host = rows.length === 0 ? '' : table(['Attachment', 'Port', 'Takes', 'At most'], rows)
  if (given === '' && host === '') return ''
  return `## Attachments\n\n${[given, host].filter((part) => part !== '').join('\n\n')}`
}

/** The node as it stands in a flow file. */
function exampleJson(definition: NodeDefinition): string {
  const flow = { ...emptyFlow('example', 'Example'), nodes: [exampleNode(definition)] }
  // The canonical text of a flow, cut down to its one node.
  const lines = serializeFlow(flow).split('\n')
  const start = lines.findIndex((line) => line.trim() === '"nodes": [')
  const end = lines.findIndex((line, index) => index > start && line === '  ],')
  return lines
    .slice(start + 1, end)
    .map((line) => line.slice(4))
    .join('\n')
}

function exampleNode(definition: NodeDefinition): FlowNode {
  const properties = Object.entries(definition.properties).flatMap(([key, property]) =>
    property.required === true || property.kind === 'variableName'
      ? [[key, exampleValue(property)] as const]
      : [],
  )
  const [, name = 'node'] = definition.type.split('.')
  return {
    id: name,
    type: definition.type,
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
  }
}

function exampleValue(property: PropertyDefinition): JsonValue {
  if (property.default !== undefined) return property.default
  switch (property.kind) {
    case 'connection':
      return property.kinds[0] ?? ''
    case 'model':
      return property.purpose === 'chat' ? 'gpt-4o-mini' : 'text-embedding-3-small'
    case 'flowVariable':
      return 'counter'
    case 'number':
      return property.minimum ?? 1
    case 'boolean':
      return true
    case 'conditions':
      return {
        match: 'all',
        rows: [{ left: { $ref: 'chatCompletionRequest.prompt' }, operator: 'isNotEmpty' }],
      }
    case 'value':
      return { $ref: property.type === 'text' ? 'chatCompletionRequest.prompt' : 'message' }
    case 'json':
      return {}
    case 'sql':
      return {
        statement: 'SELECT history FROM chats WHERE session_id = @SessionId',
        parameters: [
          { name: 'SessionId', type: 'text', value: { $ref: 'chatCompletionRequest.sessionId' } },
        ],
      }
    case 'recordDefinition':
      return [
        { name: 'id', type: 'uuid', key: true },
        { name: 'content', type: 'text', content: true },
        { name: 'embedding', type: 'vector', vector: true },
        property.purpose === 'search'
          ? { name: 'link', type: 'text', metadata: true }
          : { name: 'source', type: 'text', context: true, value: 'handbook.md' },
      ]
    case 'columnMapping':
      return [
        {
          column: 'session_id',
          type: 'auto',
          key: true,
          value: { $ref: 'chatCompletionRequest.sessionId' },
        },
        { column: 'history', type: 'auto', value: { $ref: 'response.historyJson' } },
      ]
    case 'table':
      return 'documents'
    case 'code':
      return 'return Math.random()'
    case 'text':
      return { $text: ['Asked: ', { $ref: 'chatCompletionRequest.prompt' }] }
    default:
      return { $ref: 'chatCompletionRequest.prompt' }
  }
}
