import { checkFlow, parseFlow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { registry } from '../registry.ts'
import { streamingChatExample } from './streaming-chat.ts'

it('is a well-formed flow without a problem', () => {
  const example = streamingChatExample('example', 'Example')
  expect(parseFlow(example).status).toBe('flow')
  expect(checkFlow(example, registry)).toEqual([])
})
