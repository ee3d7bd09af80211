// The floor: the provider's bytes copied to the client, on kept-alive connections, read by nobody.
import { Agent, createServer, request as callProvider } from 'node:http'
import { json } from 'node:stream/consumers'
import { announce } from './announce.ts'

const agent = new Agent({ keepAlive: true })
const url = `${process.env['PROVIDER_URL']}/chat/completions`

const server = createServer(async (request, response) => {
  if (request.method === 'GET') {
    response.end()
    return
  }
  const { prompt } = (await json(request)) as { prompt: string } // The load client's own body.
  const call = callProvider(url, { method: 'POST', agent }, (answer) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    answer.pipe(response)
  })
  const messages = [{ role: 'user', content: prompt }]
  call.end(JSON.stringify({ model: 'bench', messages, stream: true }))
})
announce(server)
