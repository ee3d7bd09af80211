import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Flow, FlowNode } from '@millrace/flow'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectMcp } from '../testing/mcp-client.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { returning, toolFlow, yielding } from '../testing/tool-flow.ts'

// What tools return, by the official client, which holds every answer against the tool's output schema.

/** A node of somebody else, whose output is not what its definition says. */
const nodePackage = `
export const nodes = [{
  kind: 'action',
  definition: {
    type: 'acme.lies', version: 1, kind: 'action', title: 'Lies', system: 'Acme', category: 'data',
    icon: 'box', description: 'A test.', exec: { in: true, out: { next: { label: 'Next' } } },
    properties: { as: { kind: 'variableName', label: 'As', default: 'total' } },
    outputs: { total: { nameFrom: 'as', type: 'number' } },
  },
  run: () => ({ outputs: { total: 'many' } }),
}]`

const ifElse = (id: string): Flow => {
  const choose: Omit<FlowNode, 'id'> = {
    type: 'flow.if',
    properties: { condition: { $expr: 'triggerData.customer == "C-1"' } },
  }
  const nodes = [choose, returning({ found: true, name: 'Mill' }), returning({ found: false })]
  return toolFlow(id, nodes, {
    edges: [
      { from: ['node0', 'next'], to: 'node1' },
      { from: ['node1', 'true'], to: 'node2' },
      { from: ['node1', 'false'], to: 'node3' },
    ],
  })
}

const total = { $expr: '{"total": total}' }

const directory = mkdtempSync(join(tmpdir(), 'millrace-mcp-'))
let server: TestServer
let client: Client
beforeAll(async () => {
  const path = join(directory, 'nodes.mjs')
  writeFileSync(path, nodePackage)
  server = await startTestServer({ MILLRACE_NODES: path })
  const flows = [
    toolFlow('counts', [returning({ $expr: '{"total": 3, "of": [triggerData.customer]}' })]),
    toolFlow('yields', [yielding('Three.'), returning({ total: 3 })]),
    toolFlow('held', [returning({ $expr: '{"kept": kept}' })], {
      variables: [{ name: 'kept', type: 'text' }],
    }),
    ifElse('chooses'),
    toolFlow('says', [returning('A text')]),
    toolFlow('ends', [yielding('Nothing more.')]),
    toolFlow('lies', [{ type: 'acme.lies' }, returning(total)]),
  ]
  for (const body of flows) {
    expect((await server.call('POST', '/api/flows', { body })).status).toBe(201)
  }
  client = (await connectMcp(server)).client
  // The client validates what it knows the schema of.
  await client.listTools()
  // The first list loads all nodes.
}, 60_000)
afterAll(async () => {
  await client.close()
  await server.close()
  rmSync(directory, { recursive: true })
})

async function schemaOf(name: string) {
  const { tools } = await client.listTools()
  return tools.find((tool) => tool.name === name)?.outputSchema
}

const call = (name: string, customer = 'C-1') => client.callTool({ name, arguments: { customer } })

describe('a tool whose flow says what it returns', () => {
  it('has that as its output schema, and answers with it', async () => {
    expect(await schemaOf('counts')).toEqual({
      type: 'object',
      properties: {
        total: { type: 'number' },
        of: { type: 'array', items: { type: 'string' } },
      },
      required: ['total', 'of'],
    })
    expect((await call('counts')).structuredContent).toEqual({ total: 3, of: ['C-1'] })
  })

  it('answers with what it yields as text beside it', async () => {
    const answer = await call('yields')
    expect(answer.content).toEqual([{ type: 'text', text: 'Three.' }])
    expect(answer.structuredContent).toEqual({ total: 3 })
  })

  it('lets a variable of the flow be null', async () => {
    expect((await schemaOf('held'))?.properties).toEqual({ kept: { type: ['string', 'null'] } })
    expect((await call('held')).structuredContent).toEqual({ kept: null })
  })

  it('may return one of several records', async () => {
    expect(await schemaOf('chooses')).toMatchObject({ type: 'object', anyOf: [{}, {}] })
    expect((await call('chooses')).structuredContent).toEqual({ found: true, name: 'Mill' })
    expect((await call('chooses', 'C-2')).structuredContent).toEqual({ found: false })
  })

  it('fails with where its result is something else, and with its run', async () => {
    expect((await schemaOf('lies'))?.properties).toEqual({ total: { type: 'number' } })
    const answer = await call('lies')
    expect(answer.isError).toBe(true)
    expect(answer).not.toHaveProperty('structuredContent')
    expect(answer.content).toEqual([
      {
        type: 'text',
        text: 'The flow "lies" ran, but what it returned is not what its output schema says: result.total is text, and should be number. Mend what its "Return" is given, or what a node before it claims to give. (flow_invalid)',
      },
    ])
    const { runs } = (await server.call('GET', '/api/runs?flow=lies')).json
    expect(answer._meta).toEqual({ 'millrace/runId': runs[0].id })
  })
})

describe('a tool whose flow does not say what it returns', () => {
  it.each(['says', 'ends'])('has no output schema: "%s"', async (name) => {
    expect(await schemaOf(name)).toBeUndefined()
    expect((await call(name)).isError).toBeUndefined()
  })
})
