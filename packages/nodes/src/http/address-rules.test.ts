import { describe, expect, it } from 'vitest'
import { createAddressRules, parseAllowHosts } from './address-rules.server.ts'

function may(
  address: string,
  options: { allow?: string; loopback?: boolean; host?: string; port?: number } = {},
): boolean {
  const rules = createAddressRules({
    allow: parseAllowHosts(options.allow ?? ''),
    allowLoopback: options.loopback ?? false,
  })
  return rules({ host: options.host ?? 'model.example', port: options.port ?? 443, address })
}

/** What Node connects to for a host as somebody may write it. */
function addressIn(host: string): string {
  return new URL(`http://${host}/`).hostname.replace(/^\[|\]$/g, '')
}

describe('createAddressRules', () => {
  it.each(['93.184.216.34', '8.8.8.8', '2606:4700::1111'])(
    'lets %s pass: it is public',
    (address) => {
      expect(may(address)).toBe(true)
    },
  )

  it.each([
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.8.8.8',
    '169.254.169.254',
    '168.63.129.16',
    '100.100.100.200',
    '192.0.0.192',
    'fd00:ec2::254',
    '::ffff:168.63.129.16',
    '0.0.0.0',
    '0.1.2.3',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '192.0.2.1',
    '198.18.0.1',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '2001:db8::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'not an address',
    '',
  ])('refuses %s', (address) => {
    expect(may(address)).toBe(false)
  })

  it.each([
    '2130706433',
    '0x7f.1',
    '127.1',
    '017700000001',
    '[::ffff:127.0.0.1]',
    '[::1]',
    '169.254.169.254',
    '0x0a000001',
    '[::ffff:a9fe:a9fe]',
    '2852039166',
    '0xa9.0xfe.0xa9.0xfe',
    '0251.0376.0251.0376',
    '169.254.43518',
    '１６９.２５４.１６９.２５４',
    '[::ffff:0:a9fe:a9fe]',
    '[64:ff9b::a9fe:a9fe]',
    '[2002:a9fe:a9fe::]',
    '[2001:0:a9fe:a9fe::]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
    '①②⑦.⓪.⓪.①',
    '127.0.0.1.',
    '%31%32%37.0.0.1',
  ])('refuses %s however it is written', (host) => {
    expect(may(addressIn(host), { host })).toBe(false)
  })

  it.each(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])(
    'lets %s pass where loopback is allowed',
    (address) => {
      expect(may(address, { loopback: true })).toBe(true)
    },
  )

  it.each(['0.0.0.0', '::', '::ffff:0.0.0.0'])('never lets %s pass', (address) => {
    const allow = '0.0.0.0,0.0.0.0/0,[::],[::/0],model.example'
    expect(may(address, { loopback: true, allow })).toBe(false)
  })

  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '192.168.0.0/16', true],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.4', '10.1.2.3', false],
    ['::ffff:10.1.2.3', '10.0.0.0/8', true],
    ['10.1.2.3', '10.0.0.0/8:8080', false],
    ['10.1.2.3', '10.0.0.0/8:443', true],
    ['fd00::1', '[fd00::/8]', true],
    ['fd00::1', '[fd00::]/8', true],
    ['fd00::1', '[fd00::1]:443', true],
    ['fd00::1', '[fd00::1]:80', false],
    ['fd00::1', '10.0.0.0/8', false],
    ['10.1.2.3', 'MODEL.example', true],
    ['10.1.2.3', 'model.example:443', true],
    ['10.1.2.3', 'model.example:80', false],
    ['10.1.2.3', 'example', false],
    ['127.0.0.1', 'localhost', false],
    ['168.63.129.16', '168.63.129.16', true],
    ['169.254.169.254', ' 192.168.0.0/16 , 169.254.169.254 ', true],
  ])('with %s and the list "%s" answers %s', (address, allow, expected) => {
    expect(may(address, { allow })).toBe(expected)
  })
})

describe('parseAllowHosts', () => {
  it('reads an empty list', () => {
    expect(parseAllowHosts(' , ')).toEqual([])
  })

  it.each([
    'http://a',
    'a:b',
    'a:0',
    'a:70000',
    '10.0.0.0/40',
    '[fd00::1',
    'fd00::1',
    '[name]',
    'a b',
    '*.example',
  ])('refuses "%s", naming it', (entry) => {
    expect(() => parseAllowHosts(`good.example,${entry}`)).toThrow(
      expect.objectContaining({
        code: 'bad_request',
        message: expect.stringContaining(`"${entry}"`),
      }),
    )
  })
})
