import { serializeFlow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { readStored } from '../flows/read-document.ts'
import { echoFlow } from '../testing/chat-flow.ts'
import { createIsForChats } from './is-for-chats.ts'

const chat = { id: 'a', revision: 1, updatedAt: 1, text: serializeFlow(echoFlow('a')) }
const other = { ...chat, text: serializeFlow({ ...echoFlow('a'), nodes: [], edges: [] }) }

it('reads each revision once, and what took the place of a flow anew', () => {
  let count = 0
  const isForChats = createIsForChats((text) => {
    count += 1
    return readStored(text)
  })
  expect([isForChats(chat), isForChats(chat), count]).toEqual([true, true, 1])
  expect(isForChats({ ...other, revision: 2 })).toBe(false)
  expect(isForChats({ ...other, updatedAt: 2 })).toBe(false)
  expect([isForChats(chat), count]).toEqual([true, 3])
})

it('takes a damaged document for none', () => {
  expect(createIsForChats()({ ...chat, text: '{' })).toBe(false)
})
