import {
  isOfWay,
  type ConnectionDefinition,
  type ConnectionField,
  type NodeDefinition,
} from '../packages/flow/src/index.ts'
import { sections, table } from './markdown.ts'

/** The page of one kind of connection in `docs/connections`, as Markdown. */
export function connectionPage(
  definition: ConnectionDefinition,
  nodes: readonly NodeDefinition[],
): string {
  return sections([
    `# ${definition.title}`,
    `A connection of the kind \`${definition.kind}\`${definition.builtIn === true ? ', built in' : ''}`,
    definition.description,
    fieldSection(definition),
    waySection(definition),
    ...Object.values(definition.fields).map(exampleSection),
    userSection(definition, nodes),
    fileSection(definition),
  ])
}

/** The list of all kinds of connection, as Markdown. */
export function connectionIndex(definitions: readonly ConnectionDefinition[]): string {
  return sections([
    '# Connections',
    'Made from the definitions in `packages/nodes` by `pnpm run docs`.',
    table(
      ['Connection', 'Kind', 'What it is for'],
      definitions.map(({ kind, title, description }) => [
        `[${title}](${kind}.md)`,
        `\`${kind}\``,
        description,
      ]),
    ),
    '## Secrets',
    [
      'A secret is stored encrypted, and never shown again: an answer of the server only says that it is set. A change that',
      'leaves a secret out keeps it, unless the address changes: a secret is only ever sent to the address that it was entered',
      'for. The value of a header is a secret when its lock is closed, and always when its name says so, such as',
      '`Authorization` or `api-key`. A copy of a connection keeps the secrets together with the address.',
    ].join('\n'),
    '## Addresses',
    [
      'The server connects to public addresses, and to its own machine while it listens on loopback only. An operator opens',
      'other addresses with `MILLRACE_ALLOW_HOSTS`, a list of `host`, `host:port`, addresses and CIDR ranges. Names are looked up',
      'first, so none can lead elsewhere later; redirects are not followed.',
    ].join('\n'),
  ])
}

function fieldSection({ fields, builtIn }: ConnectionDefinition): string {
  const rows = Object.entries(fields).map(([key, field]) => [
    `${field.label}${field.required === true ? ' *' : ''}`,
    `\`${key}\``,
    field.secret === true ? 'secret' : field.kind,
    field.default === undefined ? '' : `\`${field.default}\``,
    meaningOf(field),
  ])
  if (rows.length === 0) {
    return builtIn === true ? '## Fields\n\nNone: every server has it, ready to use.' : ''
  }
  return `## Fields\n\n${table(['Label', 'Key', 'Kind', 'Default', 'Meaning'], rows)}`
}

/** A field that several ways have is named in each. */
function waySection({ ways = [], fields }: ConnectionDefinition): string {
  if (ways.length === 0) return ''
  const rows = ways.map((way) => [
    way.label,
    way.fields.map((key) => fields[key]?.label ?? key).join(', '),
  ])
  return `## Ways to fill it in\n\nA connection is filled in one of these ways; fields of two are refused, and only what is required in\nthe way taken is asked for.\n\n${table(['Way', 'Fields'], rows)}`
}

function meaningOf({ help = '', options = {}, address }: ConnectionField): string {
  const choices = Object.entries(options).map(([value, label]) => `\`${value}\` (${label})`)
  return [
    help,
    choices.length === 0 ? '' : `One of ${choices.join(', ')}.`,
    address === true ? 'Another address clears the stored secrets.' : '',
  ]
    .filter((part) => part !== '')
    .join(' ')
}

function exampleSection({ label, examples = [] }: ConnectionField): string {
  if (examples.length === 0) return ''
  const rows = examples.map(({ name, value, hint }) => [
    name,
    `\`${value}\``,
    hint.replaceAll('<', '&lt;'),
  ])
  return `## Examples of ${label}\n\n${table(['Server', label, 'What else'], rows)}`
}

function userSection({ kind }: ConnectionDefinition, nodes: readonly NodeDefinition[]): string {
  const users = nodes.filter(({ properties }) =>
    Object.values(properties).some(
      (property) => property.kind === 'connection' && property.kinds.includes(kind),
    ),
  )
  if (users.length === 0) return ''
  const links = users.map(({ title, type }) => `- [${title}](../nodes/${type}.md)`)
  return `## Nodes that use it\n\n${links.join('\n')}`
}

/** As `millrace run --connections` reads it. */
function fileSection(definition: ConnectionDefinition): string {
  const { kind, fields, builtIn, ways } = definition
  if (builtIn === true) return ''
  const given = Object.entries(fields).flatMap(([key, field]) => {
    if (!isOfWay(definition, ways?.[0], key)) return []
    if (field.secret === true)
      return [[key, `\${${key.replaceAll(/[A-Z]/g, '_$&').toUpperCase()}}`]]
    if (field.default !== undefined) return [[key, field.default]]
    return field.required === true ? [[key, field.placeholder ?? key]] : []
  })
  const file = { [`my-${kind}`]: { kind, fields: Object.fromEntries(given) as unknown } }
  return [
    '## In a file',
    'For `millrace run --connections`; `${…}` takes a variable of the environment.',
    `\`\`\`json\n${JSON.stringify(file, null, 2)}\n\`\`\``,
  ].join('\n\n')
}
