import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseFlow } from '../parse.ts'
import { serializeFlow } from '../serialize.ts'
import { currentVersion, migrateDocument } from './index.ts'

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
