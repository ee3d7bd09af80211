import { describe, expect, it } from 'vitest'
import { EventParser } from './event-stream.ts'

const stream =
  ': heartbeat\n\nid: 3\nevent: yield\ndata: "Hél"\n\nid: 4\r\nevent: yield\r\ndata: 1\r\ndata: 2\r\n\r\ndata:bare\n\nevent: end\ndata: {}\n\n'
const expected = [
  { id: '3', event: 'yield', data: '"Hél"' },
  { id: '4', event: 'yield', data: '1\n2' },
  { id: '4', event: 'message', data: 'bare' },
  { id: '4', event: 'end', data: '{}' },
]

describe('reading server-sent events', () => {
  it('reads fields, several data lines, comments and both line ends', () => {
    expect(new EventParser().push(stream)).toEqual(expected)
  })

  it('reads the same wherever the text is cut', () => {
    for (let cut = 0; cut <= stream.length; cut += 1) {
      const parser = new EventParser()
      expect([...parser.push(stream.slice(0, cut)), ...parser.push(stream.slice(cut))]).toEqual(
        expected,
      )
    }
  })

  it('keeps back an event that was not ended', () => {
    expect(new EventParser().push('id: 1\ndata: half')).toEqual([])
  })
})
