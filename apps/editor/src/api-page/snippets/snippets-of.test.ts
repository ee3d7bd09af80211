import { emptyFlow, type Flow } from '@millrace/flow'
import { registry as nodes } from '@millrace/nodes'
import { beforeAll, expect, it } from 'vitest'
import { fillRegistry } from '../../registry.ts'
import { apiTargetOf, type Environment } from '../api-target.ts'
import { snippetsOf } from './snippets-of.ts'
import type { SnippetId } from './snippet.ts'

beforeAll(() =>
  fillRegistry({ nodes: [...nodes.nodes.values()], connections: [...nodes.connections.values()] }),
)

const chat: Flow = {
  ...emptyFlow('support', 'Support'),
  nodes: [
    {
      id: 'start',
      type: 'chat.trigger',
      properties: { testData: { sessionId: 's1', prompt: 'Is it "on"? It\'s $5.', context: '' } },
    },
  ],
}
const orders: Flow = {
  ...emptyFlow('orders', 'Orders'),
  nodes: [
    {
      id: 'start',
      type: 'http.trigger',
      properties: {
        fields: [
          { name: 'customer', type: 'text' },
          { name: 'express', type: 'boolean' },
          { name: 'note', type: 'text', optional: true },
        ],
        defaultData: { customer: 'C-17' },
      },
    },
  ],
}
const tool: Flow = {
  ...orders,
  nodes: orders.nodes.map((node) => ({ ...node, type: 'mcp.toolTrigger' })),
}
const yielding: Flow = {
  ...orders,
  nodes: [...orders.nodes, { id: 'yield', type: 'flow.yieldReturn' }],
}

function codesOf(flow: Flow, environment: Environment = 'production') {
  const target = apiTargetOf(flow, { serverUrl: 'http://localhost:4400', environment })
  return new Map(snippetsOf(target).map(({ id, files }) => [id, files]))
}
const codeOf = (flow: Flow, id: SnippetId, environment?: Environment) =>
  codesOf(flow, environment).get(id)?.at(-1)?.code

it('offers what fits the trigger: chat clients for chats, plain calls for the rest', () => {
  expect([...codesOf(chat).keys()]).toEqual([
    'curl',
    'openaiTypescript',
    'openaiPython',
    'useChat',
    'client',
    'background',
  ])
  expect([...codesOf(orders).keys()]).toEqual(['curl', 'python', 'client', 'background'])
  expect([...codesOf(tool).keys()]).toEqual(['mcp', 'curl', 'python', 'client', 'background'])
})

it('sends what a chat says, whatever characters it has', () => {
  expect(codeOf(chat, 'curl')).toMatchInlineSnapshot(`
    "curl -N 'http://localhost:4400/api/flows/support/stream' \\
      -H "Authorization: Bearer $MILLRACE_API_KEY" \\
      -H 'Content-Type: application/json' \\
      -d '{"sessionId":"s1","prompt":"Is it \\"on\\"? It'\\''s $5."}'

    # The same as OpenAI’s chat completion
    curl -N 'http://localhost:4400/v1/chat/completions' \\
      -H "Authorization: Bearer $MILLRACE_API_KEY" \\
      -H 'Content-Type: application/json' \\
      -d '{"model":"support","messages":[{"role":"user","content":"Is it \\"on\\"? It'\\''s $5."}],"stream":true}'
    "
  `)
  expect(codeOf(chat, 'openaiTypescript')).toMatchInlineSnapshot(`
    "import OpenAI from 'openai'

    const openai = new OpenAI({
      baseURL: 'http://localhost:4400/v1',
      apiKey: process.env.MILLRACE_API_KEY,
    })

    const stream = await openai.chat.completions.create({
      model: 'support',
      messages: [{ role: 'user', content: 'Is it "on"? It\\'s $5.' }],
      stream: true,
    })
    for await (const chunk of stream) {
      process.stdout.write(chunk.choices[0]?.delta.content ?? '')
    }
    "
  `)
  expect(codeOf(chat, 'openaiPython')).toMatchInlineSnapshot(`
    "import os

    from openai import OpenAI

    client = OpenAI(
        base_url="http://localhost:4400/v1",
        api_key=os.environ["MILLRACE_API_KEY"],
    )

    stream = client.chat.completions.create(
        model="support",
        messages=[{"role": "user", "content": "Is it \\"on\\"? It's $5."}],
        stream=True,
    )
    for chunk in stream:
        if chunk.choices:
            print(chunk.choices[0].delta.content or "", end="", flush=True)
    "
  `)
})

it('sends test data, completed by what fits the fields that are needed', () => {
  expect(codeOf(orders, 'curl')).toMatchInlineSnapshot(`
    "curl 'http://localhost:4400/api/flows/orders/run' \\
      -H "Authorization: Bearer $MILLRACE_API_KEY" \\
      -H 'Content-Type: application/json' \\
      -d '{"customer":"C-17","express":true}'
    "
  `)
  expect(codeOf(orders, 'python')).toMatchInlineSnapshot(`
    "import json
    import os
    from urllib.request import Request, urlopen

    request = Request(
        "http://localhost:4400/api/flows/orders/run",
        method="POST",
        headers={
            "Authorization": "Bearer " + os.environ["MILLRACE_API_KEY"],
            "Content-Type": "application/json",
        },
        data=json.dumps({"customer": "C-17", "express": True}).encode(),
    )
    with urlopen(request) as response:
        print(json.load(response))
    "
  `)
  expect(codeOf(orders, 'client')).toMatchInlineSnapshot(`
    "import { createClient } from '@millrace/client'

    const client = createClient({
      baseUrl: 'http://localhost:4400',
      key: process.env.MILLRACE_API_KEY,
    })

    console.log(await client.run('orders', { customer: 'C-17', express: true }))
    "
  `)
})

it('connects agents to a tool, and calls it', () => {
  const [settings, program] = codesOf(tool, 'test').get('mcp') ?? []
  expect(JSON.parse(settings?.code ?? '')).toEqual({
    mcpServers: {
      millrace: {
        type: 'http',
        url: 'http://localhost:4400/mcp?env=test',
        headers: { Authorization: 'Bearer ${MILLRACE_API_KEY}' },
      },
    },
  })
  expect(program?.code).toContain(`new URL('http://localhost:4400/mcp?env=test')`)
  expect(program?.code).toContain(`name: 'orders',
  arguments: { customer: 'C-17', express: true },`)
})

it('streams a flow that yields, and runs one that only returns', () => {
  expect(codeOf(yielding, 'curl')).toContain('/api/flows/orders/stream')
  expect(codeOf(yielding, 'python')).toContain('application/x-ndjson')
  expect(codeOf(yielding, 'client')).toContain('client.stream(')
})

it('names the environment wherever it is not production', () => {
  for (const [, files] of codesOf(chat, 'test')) {
    expect(files.at(-1)?.code).toMatch(/env=test|env: 'test'|"env": "test"|environment: 'test'/)
  }
  for (const [, files] of codesOf(chat)) expect(files.at(-1)?.code).not.toMatch(/env[=:"]/)
})

it('holds no key: it takes that from the environment of the program', () => {
  for (const flow of [chat, orders, tool]) {
    for (const [, files] of codesOf(flow)) expect(files.at(-1)?.code).toContain('MILLRACE_API_KEY')
  }
})
