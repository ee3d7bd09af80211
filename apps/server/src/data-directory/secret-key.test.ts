import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keyFileIn } from './secret-key.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-key-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

it('makes a key once, readable by its owner alone', () => {
  const key = keyFileIn(directory)
  expect(key).toHaveLength(43)
  expect(keyFileIn(directory)).toBe(key)
  if (process.platform !== 'win32') {
    expect(statSync(join(directory, 'secret.key')).mode & 0o777).toBe(0o600)
  }
})

it('does not go on with a damaged key file', () => {
  writeFileSync(join(directory, 'secret.key'), '')
  expect(() => keyFileIn(directory)).toThrow('is damaged')
})
