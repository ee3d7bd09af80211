import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { flowJsonSchema } from './json-schema.ts'
import { parseFlow } from './parse.ts'
import { changedDocument } from './testing/malformed-documents.ts'
import { chatFlow } from './testing/flow-of.ts'

const golden = new URL('./migrations/golden/', import.meta.url)
const texts = readdirSync(golden)
  .filter((file) => file.startsWith('v1-'))
  .map((file) => readFileSync(new URL(file, golden), 'utf8'))

const isValid = new Ajv2020({ allErrors: false }).compile(flowJsonSchema())

/** What the parser says beyond the shape: no schema can count ids or follow a line. */
const beyondShape =
  /Two (nodes|notes) have the id|There is no node|"__proto__" is refused|nests deeper|A text has at most|A tag is given twice/

describe('the JSON Schema of flow documents', () => {
  it('[F5] is the published one', () => {
    const published = readFileSync(new URL('../schema/flow-1.schema.json', import.meta.url), 'utf8')
    expect(JSON.parse(published)).toEqual(flowJsonSchema())
  })

  it('[F5] takes every document that was ever saved in its version', () => {
    expect(texts.length).toBeGreaterThan(3)
    for (const text of [...texts, JSON.stringify(chatFlow())]) {
      expect(isValid(JSON.parse(text))).toBe(true)
    }
  })

  it.each([
    [{}],
    [null],
    [{ ...chatFlow(), version: 2 }],
    [{ ...chatFlow(), extra: 1 }],
    [{ ...chatFlow(), id: 'Not a slug' }],
    [{ ...chatFlow(), nodes: [{ id: 'constructor', type: 'test.chat' }] }],
    [{ ...chatFlow(), nodes: [{ id: 'a', type: 'chat' }] }],
    [{ ...chatFlow(), nodes: [{ id: 'a', type: 'test.chat', properties: { prototype: 1 } }] }],
    [{ ...chatFlow(), edges: [{ from: ['a'], to: 'b' }] }],
    [{ ...chatFlow(), settings: { trace: 'all' } }],
    [{ ...chatFlow(), tags: [' spaced '] }],
    [{ ...chatFlow(), tags: ['x'.repeat(41)] }],
    [{ ...chatFlow(), tags: Array.from({ length: 21 }, (_, index) => `tag ${index}`) }],
  ])('[F5] refuses %j, as the parser does', (document) => {
    expect(isValid(document)).toBe(false)
    expect(parseFlow(document).status).not.toBe('flow')
  })

  it(
    '[F5] and the parser agree on any document, but for what no schema can say',
    { timeout: 30_000 },
    () => {
      const wrong: string[] = []
      let taken = 0
      for (let number = 1; number <= 2000; number += 1) {
        const document = changedDocument(number, texts)
        const result = parseFlow(document)
        const isTaken = isValid(document)
        if (isTaken) taken += 1
        if (result.status === 'flow' && !isTaken) wrong.push(`${number}: only the parser takes it`)
        if (result.status !== 'malformed' || !isTaken) continue
        const isExplained = result.problems.some(({ message }) => beyondShape.test(message))
        if (!isExplained) wrong.push(`${number}: ${result.problems[0]?.message}`)
      }
      expect(wrong).toEqual([])
      expect(taken).toBeGreaterThan(200)
    },
  )
})
