import { expect, it } from 'vitest'
import { pageAddressOf, serverOfScript } from './page-address.ts'

it.each([
  ['/chat/echo', '/chat/', 'https://mill.test'],
  ['/chat/echo/?a#b', '/chat/', 'https://mill.test'],
  ['/mill/race/chat/echo', '/mill/race/chat/', 'https://mill.test/mill/race'],
])('finds the server and the flow of the chat page at %s', (path, chats, baseUrl) => {
  const address = { baseUrl, flowId: 'echo' }
  expect(pageAddressOf(`https://mill.test${path}`, chats)).toEqual(address)
})

it.each([
  ['https://mill.test/embed.js', 'https://mill.test'],
  ['https://mill.test/mill/race/embed.js?v=2', 'https://mill.test/mill/race'],
])('finds the server of the widget %s, whatever page it is on', (src, server) => {
  expect(serverOfScript(src)).toBe(server)
})
