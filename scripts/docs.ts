// Writes what is made from the code: the pages of the nodes and connections, the JSON Schemas of documents, and for each
// version of a node the flow that proves that it loads for ever, once.
// With `--check` it writes nothing, and fails when something is out of date.
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { flowJsonSchema, flowTestsJsonSchema } from '../packages/flow/src/index.ts'
import { registry } from '../packages/nodes/src/index.ts'
import { connectionIndex, connectionPage } from './connection-page.ts'
import { goldenFlow } from './golden-flow.ts'
import { nodeIndex, nodePage } from './node-page.ts'
import { root } from './tool.ts'

const definitions = [...registry.nodes.values()]
const connections = [...registry.connections.values()]
const wanted = new Map([
  ['docs/nodes/README.md', nodeIndex(definitions)],
  ...definitions.map(
    (definition) => [`docs/nodes/${definition.type}.md`, nodePage(definition)] as const,
  ),
  ['docs/connections/README.md', connectionIndex(connections)],
  ...connections.map(
    (definition) =>
      [`docs/connections/${definition.kind}.md`, connectionPage(definition, definitions)] as const,
  ),
  ['packages/flow/schema/flow-1.schema.json', asText(flowJsonSchema())],
  ['packages/flow/schema/flow-test-1.schema.json', asText(flowTestsJsonSchema())],
])
for (const definition of definitions) {
  const path = `packages/nodes/src/golden/${definition.type}-${definition.version}.json`
  // One that is there is never touched.
  if (textIn(path) === undefined) wanted.set(path, goldenFlow(definition, registry))
}
const existing = globSync('docs/{nodes,connections}/*.md', { cwd: root }).map((path) =>
  path.replaceAll('\\', '/'),
)
const leftOver = existing.filter((path) => !wanted.has(path))
const stale = [...wanted].filter(([path, text]) => textIn(path) !== text)

if (process.argv.includes('--check')) {
  const wrong = [...stale.map(([path]) => path), ...leftOver]
  if (wrong.length > 0) {
    console.error(`Out of date: ${wrong.join(', ')}. Run "pnpm run docs".`)
    process.exitCode = 1
  }
} else {
  for (const [path, text] of stale) {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), text)
    console.log(`wrote ${path}`)
  }
  for (const path of leftOver) {
    rmSync(join(root, path))
    console.log(`removed ${path}`)
  }
}

function textIn(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n')
  } catch {
    return undefined
  }
}

function asText(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`
}
