import { inspect } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { revealed, Secret } from './secret.ts'

const connection = {
  id: 'team',
  fields: { apiKey: new Secret('sk-1'), baseUrl: 'https://a.example' },
}

describe('Secret', () => {
  it.each([
    ['JSON.stringify', (value: unknown) => JSON.stringify(value)],
    ['util.inspect', (value: unknown) => inspect(value, { depth: null, showHidden: true })],
    ['String', ({ fields }: typeof connection) => String(fields.apiKey)],
    ['Object.entries', ({ fields }: typeof connection) => Object.entries(fields.apiKey).join()],
    ['structuredClone', (value: unknown) => JSON.stringify(structuredClone(value))],
  ])('is not given away by %s', (_, print) => {
    expect(print(connection)).not.toContain('sk-1')
  })

  it('says that it is a secret where it is printed', () => {
    expect(JSON.stringify(connection)).toContain('"apiKey":"[secret]"')
    expect(inspect(connection)).toContain('apiKey: [secret]')
  })

  it('is revealed for the one place that sends it', () => {
    expect(revealed(connection.fields.apiKey)).toBe('sk-1')
    expect(revealed(connection.fields.baseUrl)).toBe('https://a.example')
  })
})

it('knows its like from another copy of the module', async () => {
  vi.resetModules()
  const other = await import('./secret.ts')
  const theirs = new other.Secret('sk-2')
  expect(other.Secret).not.toBe(Secret)
  expect(theirs).toBeInstanceOf(Secret)
  expect(new Error('No.')).not.toBeInstanceOf(Secret)
  expect(revealed(theirs)).toBe('sk-2')
})
