import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { curlOfRequest } from './curl-of-request.ts'

const request = { model: 'm', messages: [{ role: 'user', content: `It's "new"; $HOME \`id\`` }] }

it('asks the address of the connection, with the key of the shell', () => {
  expect(curlOfRequest({ model: 'm' }, 'https://models.example/v1/')).toBe(
    [
      "curl 'https://models.example/v1/chat/completions'",
      '-H "Authorization: Bearer $API_KEY"',
      "-H 'Content-Type: application/json'",
      `-d '{"model":"m"}'`,
    ].join(' \\\n  '),
  )
  expect(curlOfRequest({}, undefined)).toContain('"$BASE_URL/chat/completions"')
})

it('asks for a stream where a stream was sent', () => {
  const streamed = { model: 'm', stream_options: { include_usage: true } }
  expect(curlOfRequest(streamed, undefined)).toContain('"stream":true}')
})

it('is read by a shell as what was sent, whatever the prompt holds', () => {
  const script = `curl() { for word in "$@"; do last=$word; done; printf %s "$last"; }\n`
  const sent = execFileSync('sh', ['-c', script + curlOfRequest(request, 'https://m.example')])
  expect(JSON.parse(sent.toString())).toEqual(request)
})
