import { expect, it } from 'vitest'
import { readChecked } from './read-checked.ts'
import { parseFlow } from './parse.ts'
import { chatFlow } from './testing/flow-of.ts'
import type { JsonObject } from './json.ts'

const document = JSON.parse(JSON.stringify(chatFlow())) as JsonObject // it was written as JSON

it('reads a document that was checked as the check read it', () => {
  expect(readChecked(document)).toEqual(parseFlow(document))
})

it('[F7] keeps a document of a newer version as it is', () => {
  const newer = { ...document, version: 2, whatever: [{ is: 'there' }] }
  expect(readChecked(newer)).toEqual({ status: 'newer', version: 2, document: newer })
})
