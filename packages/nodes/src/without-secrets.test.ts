import { Secret } from '@millrace/engine'
import { expect, it } from 'vitest'
import { withoutSecrets } from './without-secrets.server.ts'

function cleaned(text: string, ...secrets: readonly string[]): string {
  const headers = Object.fromEntries(
    secrets.map((secret, index) => [`x-${index}`, new Secret(secret)]),
  )
  return withoutSecrets(text, { id: 'a', kind: 'openai', name: 'A', fields: { headers } })
}

it.each([
  [
    'a key, wherever it stands',
    'no sk-12345678! xsk-12345678x',
    ['sk-12345678'],
    'no [secret]! x[secret]x',
  ],
  ['a key without the scheme before it', 'no sk-12345678', ['Bearer sk-12345678'], 'no [secret]'],
  [
    'the whole of a key that begins with another',
    'no sk-123456789',
    ['sk-12345678', 'sk-123456789'],
    'no [secret]',
  ],
  [
    'a short one where it is a word, for else it would be told by what is missing',
    'nothing listens: s',
    ['s'],
    'nothing listens: [secret]',
  ],
  [
    'what is the very word that takes its place, once',
    'the secret',
    ['secret', 'e'],
    'the [secret]',
  ],
  ['a text that means something in a pattern', 'no a.b|c(12', ['a.b|c(12'], 'no [secret]'],
])('[S50] takes out %s', (_, text, secrets, expected) => {
  expect(cleaned(text, ...secrets)).toBe(expected)
})
