import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadNodePackages, registryWith } from './node-packages.ts'
import { StartError } from './start-error.ts'
import { startTestServer } from './testing/test-server.ts'

const example = join(import.meta.dirname, '../../../examples/third-party-node/index.js')
const directory = mkdtempSync(join(tmpdir(), 'millrace-nodes-'))
afterAll(() => rmSync(directory, { recursive: true }))

/** A module in the directory; what it exports is JavaScript. */
function module(name: string, source: string): string {
  writeFileSync(join(directory, name), source)
  return `./${name}`
}

const node = (type: string, changes = '') => `({
  kind: 'action',
  definition: {
    type: '${type}', version: 1, kind: 'action', title: 'Test', system: 'Acme', category: 'data',
    icon: 'box', description: 'A test.', exec: { in: true, out: { next: { label: 'Next' } } },
    properties: {}, ${changes}
  },
  run: () => { throw new TypeError('A secret of the package.') },
})`

describe('loading packages of nodes', () => {
  it('takes a module by its path, and says of each node whose it is', async () => {
    const [loaded] = await loadNodePackages([example], directory)
    expect(loaded?.nodes.map(({ definition }) => [definition.type, definition.package])).toEqual([
      ['example.rollDice', 'millrace-example-nodes'],
    ])
    const registry = registryWith(loaded === undefined ? [] : [loaded])
    expect([...registry.nodes.keys()].at(-1)).toBe('example.rollDice')
  })

  it('takes a package by its name, also one that is only there to be imported', async () => {
    for (const [name, exported] of Object.entries({
      plain: './lib/index.js',
      imported: { '.': { types: './lib/index.d.ts', import: './lib/index.js' } },
      nested: { node: { require: './lib/none.cjs', import: './lib/index.js' } },
    })) {
      const place = join(directory, 'node_modules', name)
      mkdirSync(join(place, 'lib'), { recursive: true })
      const manifest = { name, type: 'module', exports: exported }
      writeFileSync(join(place, 'package.json'), JSON.stringify(manifest))
      writeFileSync(join(place, 'lib/index.js'), `export const nodes = [${node('acme.one')}]`)
      const [loaded] = await loadNodePackages([name], directory)
      expect(loaded?.nodes.map(({ definition }) => definition.package)).toEqual([name])
    }
  })

  it('takes kinds of connection beside the nodes', async () => {
    const path = module(
      'mail.mjs',
      `export const nodes = []
      export const connections = [{
        kind: 'acme-mail', title: 'Mail', icon: 'mail', description: 'Mail.', lookups: [],
        fields: { host: { kind: 'text', label: 'Host' } },
      }]`,
    )
    const registry = registryWith(await loadNodePackages([path], directory))
    expect(registry.connections.get('acme-mail')?.title).toBe('Mail')
  })

  it.each([
    [
      'acme-nodes',
      /names "acme-nodes", which cannot be loaded: Cannot find module 'acme-nodes'\. Install it in /,
    ],
    ['./gone.mjs', /names "\.\/gone\.mjs", which cannot be loaded: Cannot find module/],
    [
      module('throws.mjs', `throw new Error('It has no licence')`),
      /which cannot be loaded: It has no licence\. Mend the package, or leave it out\.$/,
    ],
    [module('empty.mjs', 'export const node = 1'), /is no package of nodes\. It has to export/],
    [
      module('bare.mjs', 'export const nodes = [{ type: "acme.bare" }]'),
      /whose node 1 is not what "implement" of @millrace\/engine gives\. Export that\.$/,
    ],
    [
      module('wrong.mjs', `export const nodes = [${node('acme.wrong', 'title: 3')}]`),
      /node "acme\.wrong" has a definition that is wrong\. At title: Here should be text, and there is a number\.$/,
    ],
    [
      module('taken.mjs', `export const nodes = [${node('flow.return')}]`),
      /node "flow\.return" has a type that Millrace has already\. Leave one of them out\.$/,
    ],
    [
      module('twice.mjs', `export const nodes = [${node('acme.one')}, ${node('acme.one')}]`),
      /node "acme\.one" has a type that .* has already\./,
    ],
  ])('stops the start for %s, with one line that says why', async (name, line) => {
    const failure = await loadNodePackages([name], directory).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(StartError)
    expect((failure as StartError).message).toMatch(line)
    expect((failure as StartError).message).not.toContain('\n')
  })

  it('tells apart two packages that bring the same type', async () => {
    const other = module('dice.mjs', `export const nodes = [${node('example.rollDice')}]`)
    await expect(loadNodePackages([example, other], directory)).rejects.toThrow(
      /"example\.rollDice" has a type that millrace-example-nodes has already/,
    )
  })
})

describe('a server with such a package', () => {
  const flow = (id: string, type: string, properties = {}) => ({
    format: 'millrace/flow',
    version: 1,
    id,
    name: id,
    nodes: [
      { id: 'trigger', type: 'chat.trigger' },
      { id: 'own', type, properties },
      { id: 'return', type: 'flow.return', properties: { value: 'after' } },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'own' },
      { from: ['own', 'next'], to: 'return' },
    ],
  })
  const input = { body: { sessionId: 's1', prompt: 'Roll.' } }

  it('[E22] lists and runs its nodes, and survives what they do wrong', async () => {
    const broken = module('broken.mjs', `export const nodes = [${node('acme.broken')}]`)
    const server = await startTestServer({
      MILLRACE_NODES: `${example}, ${join(directory, broken)}`,
    })
    try {
      const { json } = await server.call('GET', '/api/nodes')
      expect(json.nodes.at(-2)).toMatchObject({
        type: 'example.rollDice',
        package: 'millrace-example-nodes',
      })

      await server.call('POST', '/api/flows', { body: flow('dice', 'example.rollDice') })
      const rolled = await server.call('POST', '/api/flows/dice/run', input)
      expect([rolled.status, rolled.json]).toEqual([200, 'after'])

      const tooMany = flow('many', 'example.rollDice', { dice: { $expr: '50 * 3' } })
      await server.call('POST', '/api/flows', { body: tooMany })
      const refused = await server.call('POST', '/api/flows/many/run', input)
      expect(refused.json.error).toMatchObject({
        code: 'input_invalid',
        message: expect.stringContaining('"Dice" of "Roll dice"') as string,
      })

      await server.call('POST', '/api/flows', { body: flow('broken', 'acme.broken') })
      const failed = await server.call('POST', '/api/flows/broken/run', input)
      expect(failed.json.error.code).toBe('internal')
      expect(failed.text).not.toContain('A secret of the package.')
      expect((await server.call('GET', '/api/health')).status).toBe(200)
    } finally {
      await server.close()
    }
  })
})
