import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseFlow } from '../parse.ts'
import { serializeFlow } from '../serialize.ts'
import { currentVersion, migrateDocument, type FlowMigration } from './index.ts'

/**
 * Documents as some version saved them. They are never edited: a file that no longer loads, or that
 * of the current version no longer keeps its bytes, is work of a designer that would be lost.
 */
const folder = new URL('./golden/', import.meta.url)
const files = readdirSync(folder).toSorted()

describe('a document that was ever saved', () => {
  it.each(files)('[F6] %s loads', (file) => {
    const result = parseFlow(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
    expect(result.status).toBe('flow')
    if (result.status === 'flow') expect(result.flow.version).toBe(currentVersion)
  })

  it.each(files.filter((file) => file.startsWith(`v${currentVersion}-`)))(
    '[F6] %s keeps its bytes',
    (file) => {
      const text = readFileSync(new URL(file, folder), 'utf8')
      const result = parseFlow(JSON.parse(text))
      expect(result.status === 'flow' && serializeFlow(result.flow)).toBe(text)
    },
  )

  it('[F6] is there of every version', () => {
    for (let version = 1; version <= currentVersion; version += 1) {
      expect(files.some((file) => file.startsWith(`v${version}-`))).toBe(true)
    }
  })
})

it('leaves a document of the current version as it is', () => {
  const document = { format: 'millrace/flow', version: currentVersion, anything: 1 }
  expect(migrateDocument(document)).toBe(document)
})

describe('a document of an older version', () => {
  /** Steps as there may be some day: each writes down the version that it makes. */
  const steps: readonly FlowMigration[] = [
    { from: 1, migrate: ({ name, ...rest }) => ({ ...rest, version: 2, title: name ?? '' }) },
    { from: 2, migrate: ({ title, ...rest }) => ({ ...rest, version: 3, titles: [title ?? ''] }) },
  ]

  it('[F6] is brought up by every step from its version on, and by no other', () => {
    const last = { format: 'millrace/flow', version: 3, titles: ['A'] }
    const first = { format: 'millrace/flow', version: 1, name: 'A' }
    const second = { format: 'millrace/flow', version: 2, title: 'A' }
    expect(migrateDocument(first, steps)).toEqual(last)
    expect(migrateDocument(second, steps)).toEqual(last)
    expect(migrateDocument(last, steps)).toBe(last)
    expect(first).toEqual({ format: 'millrace/flow', version: 1, name: 'A' })
  })

  it('[F6] of a version that never was is left for the parser to refuse', () => {
    for (const version of [0, '1', null, -1]) {
      const document = { format: 'millrace/flow', version }
      expect(migrateDocument(document, steps)).toBe(document)
    }
  })
})
