// Clients that know nothing of Millrace, against the built server.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { DefaultChatTransport, readUIMessageStream } from 'ai'
import OpenAI from 'openai'
import { chatFlow } from '../src/chat-flow.ts'
import { startFakeModelServer, textAnswer } from '../src/fake-model-server.ts'
import { test } from '../src/journey.ts'
import { storeConnection, storeFlow } from '../src/stored.ts'

test('the clients of OpenAI and of the AI SDK, and curl, chat with a flow', async ({
  millrace,
}) => {
  await using model = await startFakeModelServer({ models: { m: textAnswer('The mill turns.') } })
  await storeConnection(millrace, { id: 'protocols', name: 'Protocols', baseUrl: model.url })
  await storeFlow(
    millrace,
    chatFlow('protocols', { chat: { connection: 'protocols', modelId: 'm' } }),
  )
  const openai = new OpenAI({ baseURL: `${millrace.url}/v1`, apiKey: 'any' })
  const messages = [{ role: 'user', content: 'Does it turn?' }] as const

  const ids = (await Array.fromAsync(openai.models.list())).map(({ id }) => id)
  expect(ids).toContain('protocols')
  const stream = await openai.chat.completions.create({
    model: 'protocols',
    messages: [...messages],
    stream: true,
    stream_options: { include_usage: true },
  })
  const chunks = await Array.fromAsync(stream)
  expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(
    'The mill turns.',
  )
  expect(chunks.at(-1)?.usage?.total_tokens).toBe(12)

  const parts: unknown[] = []
  const answer = await new DefaultChatTransport({
    api: `${millrace.url}/api/flows/protocols/chat`,
  }).sendMessages({
    trigger: 'submit-message',
    chatId: 'c1',
    messageId: undefined,
    messages: [{ id: '1', role: 'user', parts: [{ type: 'text', text: 'Does it turn?' }] }],
    abortSignal: undefined,
  })
  for await (const message of readUIMessageStream({ stream: answer })) {
    parts.splice(0, parts.length, ...message.parts)
  }
  expect(parts).toEqual([{ type: 'text', text: 'The mill turns.', state: 'done' }])

  const { stdout } = await promisify(execFile)('curl', [
    '--silent',
    '--no-buffer',
    `${millrace.url}/v1/chat/completions`,
    '--header',
    'content-type: application/json',
    '--data',
    JSON.stringify({ model: 'protocols', messages, stream: true }),
  ])
  expect(stdout).toContain('"delta":{"content":" turns."}')
  expect(stdout).toMatch(/data: \[DONE\]\n\n$/)
})
