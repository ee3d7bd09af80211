import { describe, expect, it } from 'vitest'
import { createSecretBox } from './secret-box.ts'

const place = { connection: 'team', field: 'apiKey' }
const box = createSecretBox('a key of sixteen+')

describe('createSecretBox', () => {
  it('opens what it sealed, and hides it meanwhile', () => {
    const sealed = box.seal('sk-clé-🔑', place)
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('sk-')
    expect(box.open(sealed, place)).toBe('sk-clé-🔑')
  })

  it('seals the same text differently each time', () => {
    expect(box.seal('same', place)).not.toBe(box.seal('same', place))
  })

  it('does not open with another key', () => {
    const other = createSecretBox('another key of sixteen+')
    expect(other.open(box.seal('secret', place), place)).toBeUndefined()
  })

  it('does not open in another place', () => {
    const sealed = box.seal('secret', place)
    expect(box.open(sealed, { ...place, connection: 'evil' })).toBeUndefined()
    expect(box.open(sealed, { ...place, field: 'baseUrl' })).toBeUndefined()
  })

  it('does not open when any byte was changed', () => {
    const bytes = Buffer.from(box.seal('secret', place), 'base64')
    for (const index of bytes.keys()) {
      const changed = Buffer.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(box.open(changed.toString('base64'), place)).toBeUndefined()
    }
    expect(box.open('', place)).toBeUndefined()
  })
})
