// The AI SDK: a text that streams from a server that speaks as OpenAI does, after its documentation.
import { createServer } from 'node:http'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { streamText } from 'ai'
import express from 'express'
import { announce } from '../src/announce.ts'

const provider = createOpenAICompatible({
  name: 'bench',
  baseURL: process.env['PROVIDER_URL'] ?? '',
  apiKey: 'bench',
})
const app = express()
app.use(express.json())

app.post('/stream', async (request, response) => {
  const left = new AbortController()
  response.on('close', () => left.abort())
  const { textStream } = streamText({
    model: provider('bench'),
    prompt: request.body.prompt,
    abortSignal: left.signal,
  })
  response.setHeader('content-type', 'text/event-stream; charset=utf-8')
  for await (const content of textStream) {
    response.write(`data: ${JSON.stringify({ content })}\n\n`)
  }
  response.end('event: end\ndata: {}\n\n')
})

announce(createServer(app))
