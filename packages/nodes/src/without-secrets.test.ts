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

it.each([
  ['postgres://app:s3cret%21@db.example.com/shop?sslmode=require', 's3cret!'],
  ['postgres://app:s3cret%21@db.example.com/shop?sslmode=require', 's3cret%21'],
  ['Server=db,1433;Database=shop;User Id=app;Password=s3cret=;Encrypt=true', 's3cret='],
  ['Server=db;pwd="s3;cret";User Id=app', 's3;cret'],
  ['Server=db;Password={s3;cret}', 's3;cret'],
  ['Server=db;Client Id=a;ClientSecret=s3cret', 's3cret'],
])('[Q21] takes the password of a connection string out too: %s', (connectionString, password) => {
  const fields = { connectionString: new Secret(connectionString) }
  const connection = { id: 'a', kind: 'postgres', name: 'A', fields }
  expect(withoutSecrets(`no "${password}", shop`, connection)).toBe('no "[secret]", shop')
  expect(withoutSecrets(`no ${connectionString}`, connection)).toBe('no [secret]')
})
