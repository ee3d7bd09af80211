// What npm gets, as somebody meets it who installs it: nothing of the repository is in reach.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, globSync, readFileSync, statSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
import { expect, test } from '@playwright/test'
import { freePort, untilReady } from '../src/millrace-server.ts'
import { installPackages, npmAnswers, withThisNode, type NpmConsumer } from '../src/npm-consumer.ts'

test.describe.configure({ mode: 'serial' })

const repository = join(import.meta.dirname, '../..')
const typescript = join(repository, 'node_modules/typescript/bin/tsc')
const nodeTypes = join(repository, 'node_modules/@types')
let consumer: NpmConsumer

test.beforeAll(async () => {
  test.setTimeout(600_000)
  if (!(await npmAnswers())) {
    console.warn('\n  THE PACKAGES WERE NOT TESTED: npm does not reach its registry.\n')
    test.skip(true, 'npm does not reach its registry')
  }
  consumer = await installPackages()
  await consumer.copyExample('node-script')
})

test.afterAll(async () => {
  await consumer?.[Symbol.asyncDispose]()
})

test('what is packed names nothing of the workspace, and has a README and a licence', () => {
  const installed = join(consumer.directory, 'node_modules')
  for (const name of [...scoped(['flow', 'engine', 'nodes', 'client', 'flow-tests']), 'millrace']) {
    const directory = join(installed, name)
    const files = globSync('**/*', { cwd: directory })
    expect(files, name).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']))
    const manifest = readFileSync(join(directory, 'package.json'), 'utf8')
    // Every door that it names is there.
    const named = [...manifest.matchAll(/": "\.\/([^"*]+)"/g)].map(([, file]) => file)
    expect(named.length, name).toBeGreaterThan(0)
    expect(files, name).toEqual(expect.arrayContaining(named))
    expect(manifest, name).not.toMatch(/"(?:workspace|catalog|file|link):/)
    expect(
      files.filter((file) => /\.map$|\.test\.|\.built$/.test(file)),
      name,
    ).toEqual([])
    for (const file of files.filter((one) => /\.(?:js|d\.ts)$/.test(one))) {
      const text = readFileSync(join(directory, file), 'utf8')
      expect(text.includes(repository), file).toBe(false)
      expect(/^\/\/# sourceMappingURL=/m.test(text), file).toBe(false)
    }
  }
  // The size of everything, production dependencies of the server and of the libraries alike.
  const bytes = globSync('**/*', { cwd: installed }).reduce(
    (sum, file) => sum + statSync(join(installed, file)).size,
    0,
  )
  expect(bytes).toBeLessThan(300_000_000)
})

for (const moduleResolution of ['bundler', 'nodenext']) {
  test(`the types are those of the packages, by ${moduleResolution}`, async () => {
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: moduleResolution === 'bundler' ? 'esnext' : 'nodenext',
      moduleResolution,
      target: 'es2024',
      lib: ['ES2024', 'DOM'],
      types: ['node'],
      typeRoots: [nodeTypes],
      allowImportingTsExtensions: true,
      // The packages' own types are checked too.
      skipLibCheck: false,
    }
    const source = `
      import { createClient } from '@millrace/client'
      import { compile, implement } from '@millrace/engine'
      import { defineNode, property, type FlowError } from '@millrace/flow'
      import { textOf } from '@millrace/flow/events'
      import { runFlowTests } from '@millrace/flow-tests'
      import { registry } from '@millrace/nodes'
      import * as millrace from '@millrace/nodes/server'
      const { returnNode: _ } = await import('@millrace/nodes')
      compile({}, [millrace])
      export type Results = Awaited<ReturnType<typeof runFlowTests>>
      const code: FlowError['code'] = 'timeout'
      createClient({ baseUrl: textOf(code) + String(registry.nodes.size) })
      // @ts-expect-error -- the first parameter is a definition, not its type
      implement('acme.greet', () => undefined)
      // @ts-expect-error -- a property has a label
      property.text({ title: 'Name' })
      export { defineNode }
    `
    await writeFile(join(consumer.directory, 'types.ts'), source)
    await writeFile(
      join(consumer.directory, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['types.ts', 'main.ts'] }),
    )
    const { code, output } = await consumer.run(process.execPath, [typescript, '-p', '.'])
    expect([code, output]).toEqual([0, ''])
  })
}

test('the script of the example runs, with a node of its own', async () => {
  const { code, output } = await consumer.run('node', ['main.ts', 'the mill'])
  expect(output).toBe('the has 3 letters\nmill has 4 letters\n2 words\n')
  expect(code).toBe(0)
})

test('the page of the example runs a flow, without a bundler', async ({ page }) => {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await consumer.copyExample('browser-page')
  await using files = await serveFiles(consumer.directory)
  await page.goto(files.url)
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByRole('status')).toHaveText('The run is complete.')
  await expect(page.getByRole('listitem')).toHaveText(['the', 'mill', 'turns!'])
  expect(errors).toEqual([])
})

test('npx millrace checks and runs a flow, with the nodes of a package', async () => {
  const flow = {
    format: 'millrace/flow',
    version: 1,
    id: 'dice',
    name: 'Dice',
    nodes: [
      { id: 'roll', type: 'example.rollDice', properties: { dice: 3 } },
      { id: 'return', type: 'flow.return', properties: { value: { $expr: 'rolled.size()' } } },
    ],
    edges: [{ from: ['roll', 'next'], to: 'return' }],
  }
  await writeFile(join(consumer.directory, 'dice.json'), JSON.stringify(flow))
  const env = { MILLRACE_NODES: 'millrace-example-nodes' }
  const unknown = await consumer.run('npx', ['millrace', 'check', 'dice.json'])
  expect([unknown.code, unknown.output]).toEqual([1, expect.stringContaining('not installed here')])
  expect(await consumer.run('npx', ['millrace', 'check', 'dice.json'], env)).toEqual({
    code: 0,
    output: 'No problems.\n',
  })
  expect(await consumer.run('npx', ['millrace', 'run', 'dice.json'], env)).toEqual({
    code: 0,
    output: '3\n',
  })
})

test('npx millrace start serves the product with the nodes of a package, and its example streams', async ({
  page,
}) => {
  await using millrace = await startByNpx(consumer.directory)
  await page.goto(millrace.url)
  await expect(page.getByRole('heading', { name: 'Flows' })).toBeVisible()
  await expect(page.getByRole('link', { name: /RAG chat/ }).first()).toBeVisible()

  const answer = await fetch(`${millrace.url}/api/flows/example-rag-chat/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sessionId: 's1', prompt: 'How does streaming work?' }),
  })
  const stream = await answer.text()
  expect(stream.match(/^event: yield$/gm)?.length).toBeGreaterThan(5)
  expect(stream).toMatch(/^event: end$/m)

  await page.goto(`${millrace.url}/flows/example-rag-chat`)
  await page.getByRole('button', { name: 'Add node' }).click()
  await page.getByRole('combobox', { name: 'Add a node' }).fill('dice')
  await expect(page.getByRole('option')).toContainText('by millrace-example-nodes')
})

function scoped(names: readonly string[]): readonly string[] {
  return names.map((name) => `@millrace/${name}`)
}

/** The server as `npx millrace start` runs it; whoever starts it disposes of it. */
async function startByNpx(cwd: string): Promise<AsyncDisposable & { readonly url: string }> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  await mkdir(join(cwd, 'data'))
  const child = spawn('npx', ['millrace', 'start'], {
    cwd,
    // A group of its own: npx starts the command as another process.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: withThisNode({
      MILLRACE_PORT: String(port),
      MILLRACE_DATA_DIR: 'data',
      MILLRACE_DRAIN_SECONDS: '1',
      MILLRACE_NODES: 'millrace-example-nodes',
    }),
  })
  let output = ''
  const collect = (data: Buffer) => (output += data.toString())
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  async function dispose(): Promise<void> {
    if (child.exitCode !== null || child.pid === undefined) return
    process.kill(-child.pid, 'SIGTERM')
    await once(child, 'exit')
  }
  try {
    await untilReady(url, child, () => output)
  } catch (error) {
    await dispose()
    throw error
  }
  return { url, [Symbol.asyncDispose]: dispose }
}

/** Any server of files. */
async function serveFiles(directory: string): Promise<AsyncDisposable & { readonly url: string }> {
  const types: Readonly<Record<string, string>> = {
    html: 'text/html',
    js: 'text/javascript',
    json: 'application/json',
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = join(directory, normalize(pathname === '/' ? '/index.html' : pathname))
    const type = types[path.slice(path.lastIndexOf('.') + 1)]
    createReadStream(path)
      .on('open', () => response.setHeader('content-type', type ?? 'application/octet-stream'))
      .on('error', () => response.writeHead(404).end())
      .pipe(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address is never a string
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
