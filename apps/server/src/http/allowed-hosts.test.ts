import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { checkHosts } from './allowed-hosts.ts'

function request(method: string, headers: Record<string, string>): IncomingMessage {
  // `checkHosts` reads nothing else.
  return { method, headers } as unknown as IncomingMessage
}

const publicHosts = ['flows.example.com']

describe('checkHosts', () => {
  it.each([
    'localhost',
    'localhost:4400',
    '127.0.0.1:1',
    '[::1]:4400',
    'app.localhost',
    'LOCALHOST.',
    'flows.example.com:443',
  ])('lets the host "%s" through', (host) => {
    expect(() => checkHosts(request('GET', { host }), publicHosts)).not.toThrow()
  })

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '0.0.0.0',
    'notlocalhost',
    '',
  ])('refuses the host "%s"', (host) => {
    expect(() => checkHosts(request('GET', { host }), publicHosts)).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    )
  })

  it.each(['http://localhost:5173', 'http://127.0.0.1', 'https://flows.example.com'])(
    'lets pages of %s change something',
    (origin) => {
      const post = request('POST', { host: 'localhost', origin })
      expect(() => checkHosts(post, publicHosts)).not.toThrow()
    },
  )

  it.each(['https://evil.example', 'null', 'http://localhost.evil.example', 'file://'])(
    'refuses pages of %s that change something or upgrade',
    (origin) => {
      const post = request('POST', { host: 'localhost', origin })
      const upgrade = request('GET', { host: 'localhost', origin, upgrade: 'websocket' })
      expect(() => checkHosts(post, publicHosts)).toThrow('may not call this server')
      expect(() => checkHosts(upgrade, publicHosts)).toThrow('may not call this server')
    },
  )

  it('lets programs that send no origin change something', () => {
    expect(() => checkHosts(request('DELETE', { host: 'localhost' }), [])).not.toThrow()
  })
})
