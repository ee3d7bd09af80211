import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { clientOf, networkOf, seeThroughProxies } from './client-of.ts'
import { readTrustedProxies } from './trusted-proxies.ts'

const trusts = readTrustedProxies(['127.0.0.1', '10.0.0.0/8', '::1', '2001:db8::/32'])

/** A request from an address with these headers. */
function requestFrom(remoteAddress: string, headers: Record<string, string>): IncomingMessage {
  // Nothing else of it is read.
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage
}

/** What becomes of it. */
function seen(remoteAddress: string, headers: Record<string, string>) {
  const request = requestFrom(remoteAddress, headers)
  seeThroughProxies(request, trusts)
  return { ...clientOf(request), host: request.headers.host }
}

const forged = {
  host: 'localhost:4400',
  'x-forwarded-for': '198.51.100.9',
  'x-forwarded-host': 'flows.example',
  'x-forwarded-proto': 'https',
}

describe('the client of a request', () => {
  it('is whoever is connected, whatever somebody who is no trusted proxy writes', () => {
    expect(seen('203.0.113.7', forged)).toEqual({
      address: '203.0.113.7',
      isSecure: false,
      host: 'localhost:4400',
    })
  })

  it('is whom a trusted proxy names, by the name and the scheme that it names', () => {
    expect(seen('127.0.0.1', forged)).toEqual({
      address: '198.51.100.9',
      isSecure: true,
      host: 'flows.example',
    })
  })

  it.each([
    ['a forged address on the left', '127.0.0.1', '1.1.1.1, 198.51.100.9', '198.51.100.9'],
    ['two proxies', '127.0.0.1', '198.51.100.9, 10.1.2.3', '198.51.100.9'],
    ['a forged address that would be trusted', '::1', '10.0.0.1, 198.51.100.9', '198.51.100.9'],
    ['proxies only', '10.0.0.2', '10.0.0.3, 10.0.0.4', '10.0.0.3'],
    ['an address that is none', '127.0.0.1', '198.51.100.9, unknown', 'unknown'],
    ['no address', '127.0.0.1', '', '127.0.0.1'],
    ['a proxy on a socket of both families', '::ffff:10.0.0.1', '198.51.100.9', '198.51.100.9'],
    ['IPv6', '2001:db8::5', '2001:db9::7', '2001:db9::7'],
  ])('is counted from the right: %s', (_title, peer, forwarded, address) => {
    expect(seen(peer, { 'x-forwarded-for': forwarded }).address).toBe(address)
  })

  it('asked for the host that the outermost trusted proxy names, not for what it sent itself', () => {
    const headers = {
      host: 'inner',
      'x-forwarded-for': '198.51.100.9, 10.1.2.3',
      'x-forwarded-host': 'forged.example, flows.example, inner.example',
      'x-forwarded-proto': 'http, https, http',
    }
    expect(seen('127.0.0.1', headers)).toEqual({
      address: '198.51.100.9',
      isSecure: true,
      host: 'flows.example',
    })
  })

  it('keeps the Host that a proxy passed on', () => {
    expect(seen('127.0.0.1', { host: 'flows.example' }).host).toBe('flows.example')
  })
})

describe('readTrustedProxies', () => {
  it.each(['proxy.example', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '::1/129', '10.0.0.0/x'])(
    'refuses "%s"',
    (entry) => {
      expect(() => readTrustedProxies([entry])).toThrow(
        `MILLRACE_TRUSTED_PROXIES holds "${entry}".`,
      )
    },
  )

  it('trusts nobody by itself', () => {
    expect(readTrustedProxies([])('127.0.0.1')).toBe(false)
  })
})

describe('the network of a client', () => {
  it.each([
    ['IPv4: its address', '203.0.113.7', '203.0.113.7'],
    ['IPv4 written as IPv6: the same', '::ffff:203.0.113.7', '203.0.113.7'],
    ['IPv6: its 64 bits', '2001:db9:1:2:3:4:5:6', '2001:db9:1:2::'],
    ['IPv6 that begins otherwise: another one', '2001:db9:1:3:3:4:5:6', '2001:db9:1:3::'],
    ['IPv6 with a zone', 'fe80::1%eth0', 'fe80::'],
    ['what is no address: as it is', 'unknown', 'unknown'],
  ])('is what limits by address count, of %s', (_title, address, network) => {
    expect(networkOf(requestFrom(address, {}))).toBe(network)
  })

  it('is told apart in hexadecimal too, as some proxies write IPv4', () => {
    const request = requestFrom('127.0.0.1', { 'x-forwarded-for': '::ffff:cb00:7107' })
    seeThroughProxies(request, trusts)
    expect(networkOf(request)).toBe('203.0.113.7')
  })
})
