import { expect, it } from 'vitest'
import { connectOptionsOf } from './connect-options.ts'
import { flowOf, registry } from './testing/fixtures.ts'

const flow = flowOf(
  {
    start: 'test.start',
    chat: 'test.stream',
    yield: 'test.yield',
    other: 'test.yield',
    reducer: 'test.reducer',
  },
  ['start.next -> chat', 'chat.forEachMessage -> yield'],
)

function options(nodeId: string): readonly string[] {
  return connectOptionsOf(flow, registry, nodeId).map(({ port, targetId, consequence }) =>
    [`${port} > ${targetId}`, consequence].filter(Boolean).join(': '),
  )
}

it('lists every wire from a node’s exits and attachments, and what each would change', () => {
  expect(options('chat')).toEqual([
    'For each message > other: Insert before “Yield”: “Yield” runs after “Stream”, then “Yield”.',
    'For each message > other: Replace: “Yield” no longer follows “Stream”.',
    'Continue > yield: “Yield” no longer follows “Stream”.',
    'Continue > other',
    'History reducer > reducer',
  ])
})

it('offers no circle and nothing from a resource', () => {
  expect(options('yield')).toEqual(['Next > other'])
  expect(options('reducer')).toEqual([])
})
