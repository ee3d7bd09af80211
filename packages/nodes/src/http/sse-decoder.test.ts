import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxEventLength, SseDecoder } from './sse-decoder.ts'

function decode(pieces: readonly (string | Uint8Array)[]): readonly string[] {
  const found: string[] = []
  const decoder = new SseDecoder('Test', (text, start, end) => found.push(text.slice(start, end)))
  for (const piece of pieces) {
    decoder.push(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece)
  }
  return found
}

function cut(bytes: Uint8Array, at: readonly number[]): readonly Uint8Array[] {
  const ends = [...new Set(at.map((index) => index % (bytes.length + 1)))].toSorted((a, b) => a - b)
  return [0, ...ends].map((start, index) => bytes.subarray(start, ends[index] ?? bytes.length))
}

describe('SseDecoder', () => {
  it('gives out the data of each event that is ended by a blank line', () => {
    expect(decode(['data: one\n\ndata:two\n\ndata: thr'])).toEqual(['one', 'two'])
  })

  it('joins the data lines of one event', () => {
    expect(decode(['data: a\ndata\ndata: b\n\n'])).toEqual(['a\n\nb'])
  })

  it('takes away one space after the colon and no more', () => {
    expect(decode(['data:  a \n\n'])).toEqual([' a '])
  })

  it('skips comments, other fields and blank lines', () => {
    expect(decode([': ping\n\nevent: x\nid: 1\nretry: 5\ndata: a\n\n\n\n'])).toEqual(['a'])
  })

  it('skips a byte order mark at the start, and only there', () => {
    expect(decode(['\uFEFFdata: \uFEFFa\n\n'])).toEqual(['\uFEFFa'])
  })

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('takes %s as the end of a line, however it is cut', (_, end) => {
    const bytes = new TextEncoder().encode(`data: a${end}${end}data: b${end}data: c${end}${end}`)
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(decode(cut(bytes, [at]))).toEqual(['a', 'b\nc'])
    }
    expect(decode(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(['a', 'b\nc'])
  })

  it('decodes the same however the bytes are cut', () => {
    const line = fc.oneof(
      fc.constantFrom('', ':', 'data', 'data:', 'data: ', 'event: x', 'id: 1', ': comment'),
      fc.string({ unit: 'binary', maxLength: 12 }).map((text) => `data: ${text}`),
    )
    const recording = fc
      .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 20 })
      .map((lines) => new TextEncoder().encode(lines.flat().join('')))
    fc.assert(
      fc.property(recording, fc.array(fc.nat(), { maxLength: 12 }), (bytes, cuts) => {
        expect(decode(cut(bytes, cuts))).toEqual(decode([bytes]))
      }),
      { numRuns: 1000 },
    )
  })

  it('refuses an event that is too long, without searching it again and again', () => {
    const piece = new Uint8Array(1024).fill(97)
    const decoder = new SseDecoder('Test', () => undefined)
    decoder.push(new TextEncoder().encode('data: '))
    const pushAll = () => {
      for (let length = 0; length <= maxEventLength; length += piece.length) decoder.push(piece)
    }
    expect(pushAll).toThrow(expect.objectContaining({ code: 'limit_exceeded' }))
  })

  it('gives out what came of a last event when the stream is over', () => {
    const found: string[] = []
    const decoder = new SseDecoder('Test', (text, start, end) => found.push(text.slice(start, end)))
    decoder.push(new TextEncoder().encode('data: a\n\ndata: [DONE]'))
    decoder.finish()
    expect(found).toEqual(['a', '[DONE]'])
  })
})
