/** What somebody wants a new node to be. */
export interface WantedNode {
  /** In camelCase, as in `text.countWords`. */
  readonly system: string
  readonly name: string
  readonly kind: 'action' | 'trigger'
  /** What its card says. */
  readonly title: string
  /** What the system is called: the title of the others of its system. */
  readonly systemTitle: string
  /** Its exits in camelCase. A node with more than one runs a block at each, then goes on. */
  readonly exits: readonly string[]
}

/** The files of a new node by their paths in `packages/nodes/src`, ready to be written. */
export function newNodeFiles(wanted: WantedNode): ReadonlyMap<string, string> {
  const folder = folderOf(wanted)
  return new Map([
    [`${folder}/definition.ts`, definitionOf(wanted)],
    [`${folder}/run.ts`, runOf(wanted)],
    [`${folder}/${kebab(wanted.name)}.test.ts`, testOf(wanted)],
  ])
}

/** The text of `registry.ts` with the node in it, last before the nodes of the databases. */
export function withDefinition(registry: string, wanted: WantedNode): string {
  return listed(registry, {
    name: definitionName(wanted),
    from: `./${folderOf(wanted)}/definition.ts`,
    before: '    ...sqlNodes(',
  })
}

/** The same of `server.ts`. */
export function withImplementation(server: string, wanted: WantedNode): string {
  return listed(server, {
    name: runName(wanted),
    from: `./${folderOf(wanted)}/run.ts`,
    before: '  ...sqlImplementations(',
  })
}

/** `countWords` as `Count words`. */
export function toTitle(name: string): string {
  const words = kebab(name).replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function listed(text: string, entry: { name: string; from: string; before: string }): string {
  const { name, from, before } = entry
  const line = text.indexOf(`\n${before}`) + 1
  const imports = text.lastIndexOf('\nimport ') + 1
  if (line === 0 || imports === 0) {
    throw new Error(`The list of nodes has changed: no line begins with "${before.trim()}".`)
  }
  const indent = before.slice(0, before.search(/\S/))
  return `${text.slice(0, imports)}import { ${name} } from '${from}'
${text.slice(imports, line)}${indent}${name},
${text.slice(line)}`
}

function folderOf({ system, name }: WantedNode): string {
  return `${system}/${kebab(name)}`
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** Words of the language, which cannot be names of variables. */
const reserved = new Set(
  'break case catch continue default delete do else export for if import in new return switch throw try typeof var void while with yield await function class'.split(
    ' ',
  ),
)

function definitionName({ name, kind, system }: WantedNode): string {
  if (kind === 'trigger' && name === 'trigger') return `${system}Trigger`
  return reserved.has(name) ? `${name}Node` : name
}

function runName(wanted: WantedNode): string {
  const name = definitionName(wanted)
  return `run${name.charAt(0).toUpperCase()}${name.slice(1)}`
}

function definitionOf(wanted: WantedNode): string {
  const { system, name, kind, title, systemTitle } = wanted
  const isTrigger = kind === 'trigger'
  return `import { defineNode, property } from '@millrace/flow'

/** Says in one sentence what it does. */
export const ${definitionName(wanted)} = defineNode({
  type: '${system}.${name}',
  version: 1,
  kind: '${kind}',
  title: '${title}',
  system: '${systemTitle}',
  category: '${isTrigger ? 'trigger' : 'data'}',
  icon: 'box',
  description: 'Says in a sentence or two what it does, and when to take it.',
  exec: { in: ${!isTrigger}, out: { ${exitsOf(wanted)} } },
  properties: {
${isTrigger ? '' : textProperty}    resultVariable: property.variableName({
      label: 'Result variable name',
      help: 'The variable that holds the result. Empty: no variable.',
      default: 'result',
    }),
  },
  outputs: { result: { nameFrom: 'resultVariable', type: 'text' } },
})
`
}

const textProperty = `    text: property.text({
      label: 'Text',
      help: 'What the node works on.',
      required: true,
      port: 1,
    }),
`

function exitsOf({ exits }: WantedNode): string {
  const [only] = exits
  if (exits.length === 1 && only !== undefined) return `${only}: { label: '${toTitle(only)}' }`
  const blocks = exits.map((exit) => `${exit}: { label: '${toTitle(exit)}', block: {} }`)
  return [...blocks, `continue: { label: 'Continue' }`].join(', ')
}

function runOf(wanted: WantedNode): string {
  const definition = definitionName(wanted)
  const { kind, exits } = wanted
  if (kind === 'trigger') {
    return `import { implementTrigger } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import { ${definition} } from './definition.ts'

/** Takes a text. */
export const ${runName(wanted)} = implementTrigger(${definition}, (input) => {
  if (typeof input === 'string') return { result: input }
  throw new FlowError('input_invalid', 'The input is no text. Send one.')
})
`
  }
  const [first] = exits
  const body =
    exits.length === 1
      ? `({ properties: { text } }) => ({
  outputs: { result: text },
})`
      : `async ({ properties: { text }, blocks }) => ({
  outputs: { result: text },
  end: await blocks.${first}({}),
})`
  return `import { implement } from '@millrace/engine'
import { ${definition} } from './definition.ts'

/** Gives its text as it is${exits.length === 1 ? '' : `, and runs what is at *${toTitle(first ?? '')}*`}. */
export const ${runName(wanted)} = implement(${definition}, ${body})
`
}

function testOf(wanted: WantedNode): string {
  const { system, name, kind, exits } = wanted
  const isTrigger = kind === 'trigger'
  const exit = exits.length === 1 ? exits[0] : 'continue'
  const properties = isTrigger ? '' : `, properties: { text: 'Hello' }`
  return `import { expect, it } from 'vitest'
import { runNodes } from '../../testing/run-nodes.server.ts'

it('gives its text', async () => {
  const events = await runNodes({
    nodes: [
      { id: 'own', type: '${system}.${name}'${properties} },
      { id: 'return', type: 'flow.return', properties: { value: { $ref: 'result' } } },
    ],
    edges: ['own.${exit} > return'],${isTrigger ? `\n    input: 'Hello',` : ''}
  })
  expect(events.at(-1)).toMatchObject({ outcome: 'completed', result: 'Hello' })
})
`
}
