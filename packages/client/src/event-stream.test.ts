import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventParser, readEvents, type ServerSentEvent } from './event-stream.ts'

const encoder = new TextEncoder()

/** A body that comes in these reads. */
function bodyOf(reads: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const rest = [...reads]
  return new ReadableStream({
    pull(controller) {
      const read = rest.shift()
      if (read === undefined) controller.close()
      else controller.enqueue(read)
    },
  })
}

async function eventsOf(reads: readonly Uint8Array[]): Promise<readonly ServerSentEvent[]> {
  const events: ServerSentEvent[] = []
  for await (const batch of readEvents(bodyOf(reads), 1000)) events.push(...batch)
  return events
}

/** The bytes of a text, cut into two reads at a place. */
function cutAt(bytes: Uint8Array, place: number): readonly Uint8Array[] {
  return [bytes.subarray(0, place), bytes.subarray(place)]
}

describe('reading server-sent events', () => {
  it.each<
    [
      what: string,
      text: string,
      events: readonly (readonly [id: string, event: string, data: string])[],
    ]
  >([
    ['a value with its number', 'id: 3\nevent: yield\ndata: "Hé"\n\n', [['3', 'yield', '"Hé"']]],
    ['lines that end in CRLF', 'id: 4\r\nevent: yield\r\ndata: 1\r\n\r\n', [['4', 'yield', '1']]],
    ['lines that end in CR', 'id: 5\revent: yield\rdata: 1\r\r', [['5', 'yield', '1']]],
    [
      'several data lines',
      'data: {\ndata:  "a": 1\ndata\ndata: }\n\n',
      [['', 'message', '{\n "a": 1\n\n}']],
    ],
    ['no space after the colon', 'id:6\nevent:yield\ndata:1\n\n', [['6', 'yield', '1']]],
    ['a colon in the data', 'data: a: b:\n\n', [['', 'message', 'a: b:']]],
    ['a byte order mark', '\uFEFFdata: 1\n\n', [['', 'message', '1']]],
    ['comments, as a heartbeat is one', ':\n\n: here\ndata: 1\n:\n\n:\n\n', [['', 'message', '1']]],
    ['an id without data, which counts on', 'id: 7\n\ndata: 1\n\n', [['7', 'message', '1']]],
    [
      'an id that stays until the next',
      'id: 8\ndata: 1\n\ndata: 2\n\n',
      [
        ['8', 'message', '1'],
        ['8', 'message', '2'],
      ],
    ],
    [
      'an id that is taken back',
      'id: 9\ndata: 1\n\nid\ndata: 2\n\n',
      [
        ['9', 'message', '1'],
        ['', 'message', '2'],
      ],
    ],
    [
      'an id with a NUL, which counts for nothing',
      'id: 1\nid: 2\0\ndata: 1\n\n',
      [['1', 'message', '1']],
    ],
    [
      'an event name without data, which is forgotten',
      'event: yield\n\ndata: 1\n\n',
      [['', 'message', '1']],
    ],
    [
      'empty data, which is an event',
      'data\n\ndata:\n\n',
      [
        ['', 'message', ''],
        ['', 'message', ''],
      ],
    ],
    [
      'retry and unknown fields',
      'retry: 10\ndata: 1\nsize: 5\nretry: x\n\n',
      [['', 'message', '1']],
    ],
    ['many empty lines', '\n\n\r\n\rdata: 1\n\n\n\n\n', [['', 'message', '1']]],
    ['an event that was not ended', 'data: 1\n\nid: 2\ndata: half', [['', 'message', '1']]],
    ['letters of several bytes', 'data: "🌾 über 水"\n\n', [['', 'message', '"🌾 über 水"']]],
    ['nothing', '', []],
  ])('takes %s the same wherever the bytes are cut', async (_what, text, expected) => {
    const events = expected.map(([id, event, data]) => ({ id, event, data }))
    const bytes = encoder.encode(text)
    for (let place = 0; place <= bytes.length; place += 1) {
      expect(await eventsOf(cutAt(bytes, place)), `cut at ${place}`).toEqual(events)
    }
    expect(await eventsOf([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(events)
  })

  it('gives back what was sent, whatever that is, however it is framed and cut', async () => {
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r')
    const event = fc.record({
      id: fc.nat().map(String),
      event: fc.constantFrom('yield', 'end', 'run-yield'),
      data: fc.array(
        fc.string({ unit: 'grapheme' }).filter((line) => !/[\r\n]/.test(line)),
        { minLength: 1 },
      ),
      heartbeats: fc.nat(2),
    })
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }))
    await fc.assert(
      fc.asyncProperty(fc.array(event), lineEnd, cuts, async (sent, eol, places) => {
        const text = sent
          .map(
            ({ heartbeats, ...one }) => `${`:${eol}${eol}`.repeat(heartbeats)}${framed(one, eol)}`,
          )
          .join('')
        const bytes = encoder.encode(text)
        const at = places.map((place) => Math.floor(place * bytes.length)).toSorted((a, b) => a - b)
        const reads = [0, ...at].map((from, index) => bytes.subarray(from, at[index]))
        expect(await eventsOf(reads)).toEqual(
          sent.map(({ id, event: name, data }) => ({ id, event: name, data: data.join('\n') })),
        )
      }),
    )
  })

  it('gives the events of one read together, and none for a read that completes none', () => {
    const parser = new EventParser()
    expect(parser.push('data: 1\n\ndata: 2\n\ndata').map(({ data }) => data)).toEqual(['1', '2'])
    expect(parser.push(':')).toEqual([])
    expect(parser.push('3\n\n').map(({ data }) => data)).toEqual(['3'])
  })

  it('takes a long line in many pieces in a time that grows with its length only', () => {
    const parser = new EventParser()
    const piece = 'x'.repeat(1024)
    parser.push('data: ')
    for (let count = 0; count < 10_000; count += 1) parser.push(piece)
    expect(parser.push('\n\n')[0]?.data.length).toBe(10_000 * 1024)
  })
})

function framed(
  event: { id: string; event: string; data: readonly string[] },
  eol: string,
): string {
  const lines = [
    `id: ${event.id}`,
    `event: ${event.event}`,
    ...event.data.map((line) => `data: ${line}`),
  ]
  return `${lines.join(eol)}${eol}${eol}`
}
