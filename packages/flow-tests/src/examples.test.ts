import { readFileSync } from 'node:fs'
import { parseFlowTests, serializeFlowTests, type Flow } from '@millrace/flow'
import {
  knowledgeBaseExample,
  ragChatExample,
  streamingChatExample,
  trimmedChatExample,
} from '@millrace/nodes'
import { describe, expect, it } from 'vitest'
import { describeDifference } from './compare.ts'
import { runFlowTest } from './run-flow-test.ts'
import { tested } from './testing/recorded-chat.ts'

/** The examples and templates that run on what is built in, each with the tests that lie beside it. */
const examples: readonly (readonly [string, (id: string, name: string) => Flow])[] = [
  ['streaming-chat', streamingChatExample],
  ['trimmed-chat', trimmedChatExample],
  ['knowledge-base', knowledgeBaseExample],
  ['rag-chat', ragChatExample],
]

describe.each(examples)('the example %s', (id, create) => {
  const file = new URL(`../../nodes/src/examples/${id}.test.json`, import.meta.url)
  const text = readFileSync(file, 'utf8')
  const parsed = parseFlowTests(JSON.parse(text))
  const tests = parsed.status === 'tests' ? parsed.tests.tests : []

  it('has tests, in their canonical text', () => {
    expect(tests).not.toEqual([])
    expect(parsed.status === 'tests' && serializeFlowTests(parsed.tests)).toBe(text)
  })

  it.each(tests)('$name', async (test) => {
    const { differences } = await runFlowTest(tested(create(id, id)), test)
    expect(differences.map(describeDifference)).toEqual([])
  })
})
