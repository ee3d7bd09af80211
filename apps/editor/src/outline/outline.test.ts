import { createRegistry, type Flow } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { flowOf, registry } from '../canvas/testing/fixtures.ts'
import { lineStartingWith, linesOf, pathTo } from './outline-lines.ts'
import { outlineOf } from './outline.ts'

const answer = flowOf(
  {
    start: 'test.start',
    chat: 'test.stream',
    send: 'test.yield',
    done: 'test.yield',
    last: 'test.reducer',
  },
  ['start.next -> chat', 'chat.forEachMessage -> send', 'chat.continue -> done'],
  { attachments: [{ host: ['chat', 'historyReducer'], resource: 'last' }] },
)

function shown(flow: Flow, collapsed: readonly string[] = []): readonly string[] {
  return linesOf(outlineOf(flow, registry), new Set(collapsed)).map(
    ({ depth, item }) => '  '.repeat(depth) + item.title,
  )
}

describe('the outline of a flow', () => {
  it('reads like a program: attachments, blocks, then what comes after', () => {
    expect(shown(answer)).toEqual([
      'Start',
      'Stream',
      '  History reducer',
      '    Reducer',
      '  For each message',
      '    Yield',
      'Yield',
    ])
  })

  it('shows the places that nothing stands in, so that something can be put there', () => {
    expect(shown(flowOf({ chat: 'test.stream' }))).toEqual([
      'Stream',
      '  History reducer',
      '  For each message',
    ])
  })

  it('names what is not connected, and the notes by their first line', () => {
    const notes = [
      { id: 'a', text: 'Ask Eva\nwhether this is right', position: [0, 0] },
      { id: 'b', text: ' ', position: [0, 0] },
    ] as const
    const flow = flowOf(
      { start: 'test.start', one: 'test.yield', two: 'test.yield', last: 'test.reducer' },
      ['one.next -> two'],
      { layout: { notes } },
    )
    expect(shown(flow)).toEqual([
      'Start',
      'Not connected',
      '  Yield',
      '  Yield',
      '  Reducer',
      'Notes',
      '  Ask Eva',
      '  Empty note',
    ])
  })

  it('shows every node once, also those that run in a circle or are attached to each other', () => {
    const flow = flowOf(
      { a: 'test.yield', b: 'test.yield', one: 'test.reducer', two: 'test.reducer' },
      ['a.next -> b', 'b.next -> a'],
      {
        attachments: [
          { host: ['one', 'x'], resource: 'two' },
          { host: ['two', 'x'], resource: 'one' },
        ],
      },
    )
    const ids = linesOf(outlineOf(flow, registry), new Set()).flatMap(({ item }) =>
      item.kind === 'node' ? [item.node.id] : [],
    )
    expect(ids.toSorted()).toEqual(['a', 'b', 'one', 'two'])
  })

  it('keeps what stands in a node whose type is not installed', () => {
    const nothing = createRegistry({ nodes: [], connections: [] })
    const titles = linesOf(outlineOf(answer, nothing), new Set()).map(({ item }) => item.title)
    expect(titles).toContain('forEachMessage')
    expect(titles).toContain('historyReducer')
  })
})

describe('its lines', () => {
  it('leave out what stands under a collapsed one', () => {
    expect(shown(answer, ['node:chat'])).toEqual(['Start', 'Stream', 'Yield'])
  })

  it('know their place among their siblings', () => {
    const places = linesOf(outlineOf(answer, registry), new Set()).map(
      ({ position, setSize }) => `${position}/${setSize}`,
    )
    expect(places).toEqual(['1/3', '2/3', '1/2', '1/1', '2/2', '1/1', '3/3'])
  })

  it('are found by what must be open above them', () => {
    const items = outlineOf(answer, registry)
    expect(pathTo(items, 'node:send')).toEqual(['node:chat', 'place:chat:exec:forEachMessage'])
    expect(pathTo(items, 'node:start')).toEqual([])
    expect(pathTo(items, 'node:gone')).toEqual([])
  })

  it('are found by a letter, from the active one on and round the end', () => {
    const lines = linesOf(outlineOf(answer, registry), new Set())
    expect(lineStartingWith(lines, 1, 'S')?.id).toBe('node:start')
    expect(lineStartingWith(lines, 0, 's')?.id).toBe('node:chat')
    expect(lineStartingWith(lines, 0, 'x')).toBeUndefined()
  })
})
