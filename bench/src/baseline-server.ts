// B, the baseline: what a careful developer writes by hand with Express 5 and the openai package.
import { createServer } from 'node:http'
import express from 'express'
import OpenAI from 'openai'
import { announce } from './announce.ts'

const client = new OpenAI({ baseURL: process.env['PROVIDER_URL'], apiKey: 'bench' })
const app = express()
app.use(express.json())

app.post('/stream', async (request, response) => {
  const stream = await client.chat.completions.create({
    model: 'bench',
    messages: [{ role: 'user', content: request.body.prompt }],
    stream: true,
  })
  response.on('close', () => stream.controller.abort())
  response.setHeader('content-type', 'text/event-stream; charset=utf-8')
  for await (const chunk of stream) {
    const content = chunk.choices[0]?.delta.content
    if (content) response.write(`data: ${JSON.stringify({ content })}\n\n`)
  }
  response.end('event: end\ndata: {}\n\n')
})

announce(createServer(app))
