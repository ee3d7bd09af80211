// Starts a new node: `pnpm new node <system> <name>`, such as `pnpm new node text countWords`. Asks for
// what the flags leave open: --kind action|trigger, --title "Count words", --exits next.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { registry } from '../packages/nodes/src/index.ts'
import {
  newNodeFiles,
  toTitle,
  withDefinition,
  withImplementation,
  type WantedNode,
} from './new-node.ts'
import { root, runNode, toolPath } from './tool.ts'

const nodes = join(root, 'packages', 'nodes', 'src')
const camelCase = /^[a-z][A-Za-z0-9]*$/

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}

async function main(): Promise<number> {
  const wanted = await readWanted()
  const type = `${wanted.system}.${wanted.name}`
  const files = newNodeFiles(wanted)
  const taken = [...files.keys()].find((path) => existsSync(join(nodes, path)))
  if (registry.nodes.has(type) || taken !== undefined) {
    throw new Error(`There is a node "${type}" already. Choose another name.`)
  }
  for (const [path, text] of files) {
    mkdirSync(dirname(join(nodes, path)), { recursive: true })
    writeFileSync(join(nodes, path), text)
  }
  change('registry.ts', (text) => withDefinition(text, wanted))
  change('server.ts', (text) => withImplementation(text, wanted))
  const written = [...files.keys(), 'registry.ts', 'server.ts'].map((path) => join(nodes, path))
  const steps = [[toolPath('oxfmt', root), ...written], [join(root, 'scripts', 'docs.ts')]]
  for (const step of steps) {
    const code = await runNode(step)
    if (code !== 0) return code
  }
  console.log(`"${type}" is there:`)
  for (const path of files.keys()) console.log(`  packages/nodes/src/${path}`)
  console.log(`Next: pnpm test:unit packages/nodes/src/${dirname([...files.keys()][0] ?? '')}`)
  return 0
}

async function readWanted(): Promise<WantedNode> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kind: { type: 'string' },
      title: { type: 'string' },
      exits: { type: 'string' },
    },
  })
  const [what, system = '', name = ''] = positionals
  if (what !== 'node' || positionals.length !== 3) {
    throw new Error('Say what is new: pnpm new node <system> <name>')
  }
  const wrong = [system, name].find((word) => !camelCase.test(word))
  if (wrong !== undefined) {
    throw new Error(
      `"${wrong}" is no name here. Write it in camelCase: pnpm new node text countWords`,
    )
  }
  const kind = values.kind ?? (await ask('Kind, action or trigger', 'action'))
  if (kind !== 'action' && kind !== 'trigger') {
    throw new Error(
      `A node of kind "${kind}" is not made here. Take action or trigger; for a resource, copy text/splitter.`,
    )
  }
  const title = values.title ?? (await ask('Title', toTitle(name)))
  const exits =
    kind === 'trigger'
      ? 'next'
      : (values.exits ?? (await ask('Exits, with commas between', 'next')))
  const list = exits.split(',').map((exit) => exit.trim())
  const wrongExit = list.find((exit) => !camelCase.test(exit) || exit === 'continue')
  if (wrongExit !== undefined || new Set(list).size < list.length) {
    throw new Error(
      `The exits "${exits}" cannot be. Write each once, in camelCase; "continue" comes by itself.`,
    )
  }
  return {
    system,
    name,
    kind,
    title: quotable(title),
    systemTitle: titleOfSystem(system),
    exits: list,
  }
}

/** Asks in a terminal; elsewhere what is usual is the answer. */
async function ask(question: string, usual: string): Promise<string> {
  if (!process.stdin.isTTY) return usual
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(`${question} (${usual}): `)
  terminal.close()
  return answer.trim() || usual
}

function quotable(title: string): string {
  if (/^[^'"`\\\n]{1,60}$/.test(title)) return title
  throw new Error(`The title "${title}" cannot be. Give up to 60 characters, without quotes.`)
}

function titleOfSystem(system: string): string {
  const known = [...registry.nodes.values()].find(({ type }) => type.startsWith(`${system}.`))
  return known?.system ?? toTitle(system)
}

function change(file: string, edit: (text: string) => string): void {
  const path = join(nodes, file)
  writeFileSync(path, edit(readFileSync(path, 'utf8')))
}
