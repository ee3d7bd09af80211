// LangGraph.js: a graph of one node, whose model streams its messages, after its documentation.
// JavaScript, as are its neighbours: the types of these packages are not there until they are installed.
import { createServer } from 'node:http'
import { MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { ChatOpenAI } from '@langchain/openai'
import express from 'express'
import { announce } from '../src/announce.ts'

const model = new ChatOpenAI({
  model: 'bench',
  apiKey: 'bench',
  configuration: { baseURL: process.env['PROVIDER_URL'] },
})
const graph = new StateGraph(MessagesAnnotation)
  .addNode('chat', async ({ messages }) => ({ messages: [await model.invoke(messages)] }))
  .addEdge(START, 'chat')
  .compile()
const app = express()
app.use(express.json())

app.post('/stream', async (request, response) => {
  const left = new AbortController()
  response.on('close', () => left.abort())
  const stream = await graph.stream(
    { messages: [{ role: 'user', content: request.body.prompt }] },
    { streamMode: 'messages', signal: left.signal },
  )
  response.setHeader('content-type', 'text/event-stream; charset=utf-8')
  for await (const [{ content }] of stream) {
    if (content !== '') response.write(`data: ${JSON.stringify({ content })}\n\n`)
  }
  response.end('event: end\ndata: {}\n\n')
})

announce(createServer(app))
