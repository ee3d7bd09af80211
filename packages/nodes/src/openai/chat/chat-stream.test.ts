import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerEvents, chunkEvent, doneEvent, event, usageOnWire } from '../../testing/chunks.ts'
import { ChatStream } from './chat-stream.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** Everything that a stream says of these bytes. */
function read(...pieces: readonly (string | Uint8Array)[]) {
  const stream = new ChatStream('Test', (words) => words)
  const deltas: string[] = []
  for (const piece of pieces) {
    stream.push(typeof piece === 'string' ? bytesOf(piece) : piece)
    deltas.push(...stream.takeDeltas())
  }
  stream.finish()
  const { content, role, modelId, finishReason, refusal, usage, isDone, failure } = stream
  return {
    deltas,
    content,
    role,
    modelId,
    finishReason,
    refusal,
    usage,
    isDone,
    failure: failure?.code,
  }
}

const nothing = {
  deltas: [],
  content: '',
  role: 'assistant',
  modelId: undefined,
  finishReason: null,
  refusal: null,
  usage: null,
  isDone: false,
  failure: undefined,
}

describe('ChatStream', () => {
  it('reads an answer', () => {
    expect(read(...answerEvents('Hel', 'lo'))).toEqual({
      ...nothing,
      deltas: ['Hel', 'lo'],
      content: 'Hello',
      modelId: 'gpt-4o-mini-2024-07-18',
      finishReason: 'stop',
      usage: { inputTokens: 9, outputTokens: 2, totalTokens: 11 },
      isDone: true,
    })
  })

  it.each([
    ['no choices', event({ choices: [] }), {}],
    [
      'usage only',
      event({ choices: [], usage: usageOnWire }),
      { usage: { inputTokens: 9, outputTokens: 2, totalTokens: 11 } },
    ],
    ['no delta', event({ choices: [{ index: 0, finish_reason: null }] }), {}],
    ['a delta of null', event({ choices: [{ index: 0, delta: null }] }), {}],
    [
      'content of null',
      chunkEvent({ role: 'assistant', content: null }),
      { modelId: 'gpt-4o-mini-2024-07-18' },
    ],
    [
      'a refusal',
      chunkEvent({ refusal: 'No.' }),
      { refusal: 'No.', modelId: 'gpt-4o-mini-2024-07-18' },
    ],
    [
      'tool calls',
      chunkEvent(
        { tool_calls: [{ index: 0, function: { name: 'f', arguments: '{"content":"x"}' } }] },
        { finishReason: 'tool_calls' },
      ),
      { finishReason: 'tool_calls', modelId: 'gpt-4o-mini-2024-07-18' },
    ],
    ['another choice', event({ choices: [{ index: 1, delta: { content: 'x' } }] }), {}],
    ['an empty event', 'data:\n\n', {}],
    ['something else entirely', event({ type: 'ping' }), {}],
    [
      'an error object',
      event({ error: { message: 'overloaded' } }),
      { failure: 'provider_failed' },
    ],
    ['an error text', event({ error: 'overloaded' }), { failure: 'provider_failed' }],
    ['no JSON', 'data: {"choices":[\n\n', { failure: 'upstream_protocol' }],
    ['no object', 'data: 5\n\n', { failure: 'upstream_protocol' }],
    ['an event that was not ended', 'data: {"choices":[{"delta":{"content":"x"}}]}\n', {}],
    ['[DONE] that was not ended', 'data: [DONE]', { isDone: true }],
  ])('[S24] [S37] takes a chunk with %s for what it is', (_, bytes, expected) => {
    expect(read(bytes)).toEqual({ ...nothing, ...expected })
  })

  it.each([
    ['an error', event({ error: { message: 'Overloaded.' } })],
    ['what is no chunk', 'data: <html>\n\n'],
  ])('[S33] lets nothing spoil an answer that has its finish reason: %s', (_, late) => {
    const answer = [chunkEvent({ content: 'a' }), chunkEvent({}, { finishReason: 'stop' })]
    expect(read(...answer, late)).toEqual(read(...answer))
  })

  it('[S37] keeps the deltas before an error, and takes none after it', () => {
    const bytes = [
      chunkEvent({ content: 'a' }),
      event({ error: { message: 'x' } }),
      chunkEvent({ content: 'b' }),
    ]
    expect(read(bytes.join(''))).toMatchObject({ deltas: ['a'], failure: 'provider_failed' })
  })

  it('takes nothing after [DONE]', () => {
    expect(read(doneEvent, chunkEvent({ content: 'b' }))).toMatchObject({
      deltas: [],
      isDone: true,
    })
  })

  const parts = [
    { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
    { type: 'text', text: 'Hel' },
    { type: 'text', text: 'lo' },
  ]

  it('[S23] reads content that comes in parts, without what the model thought', () => {
    const chunks = [
      event({ choices: [{ index: 0, delta: { content: parts.slice(0, 1) } }] }),
      event({ choices: [{ index: 0, delta: { content: parts.slice(1) } }] }),
      chunkEvent({ content: '!' }, { finishReason: 'stop' }),
    ]
    expect(read(...chunks)).toMatchObject({ deltas: ['Hello', '!'], finishReason: 'stop' })
  })

  it('[S23] [S32] reads a whole answer that came in parts', () => {
    const stream = new ChatStream('Test', (words) => words)
    stream.pushWhole(JSON.stringify({ choices: [{ index: 0, message: { content: parts } }] }))
    expect(stream.content).toBe('Hello')
  })

  it('[S32] reads an answer that came whole', () => {
    const stream = new ChatStream('Test', (words) => words)
    stream.pushWhole(
      JSON.stringify({
        model: 'm',
        choices: [
          { index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' },
        ],
      }),
    )
    expect(stream).toMatchObject({
      content: 'Hi',
      finishReason: 'stop',
      isDone: true,
      modelId: 'm',
    })
  })

  it('reads the same text as plain parsing, whatever the contents and the other fields are', () => {
    const chunk = fc.record(
      {
        content: fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('"', '\\', '\n', '"},"x":"', 'content":"', '\u2028'),
        ),
        created: fc.constantFrom(1, 2),
        obfuscation: fc.option(fc.stringMatching(/^[A-Za-z0-9]{0,9}$/), { nil: undefined }),
        first: fc.boolean(),
        spaces: fc.boolean(),
        logprobs: fc.constantFrom(null, { content: [{ token: '"content":"x"' }] }),
        model: fc.constantFrom('m', '"content":"', '\\"content\\":\\"'),
      },
      { requiredKeys: ['content', 'created', 'logprobs', 'model'] },
    )
    fc.assert(
      fc.property(
        fc.array(chunk, { maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (chunks, cuts) => {
          const data = chunks.map(({ content, first, spaces, logprobs, ...more }) => {
            const choice = { index: 0, delta: { content }, logprobs, finish_reason: null }
            const value =
              first === true ? { choices: [choice], ...more } : { ...more, choices: [choice] }
            return spaces === true
              ? JSON.stringify(value, null, ' ').replaceAll('\n', '')
              : JSON.stringify(value)
          })
          const bytes = bytesOf(data.map((json) => `data: ${json}\n\n`).join(''))
          const ends = cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b)
          const pieces = [0, ...ends].map((start, index) =>
            bytes.subarray(start, ends[index] ?? bytes.length),
          )
          expect(read(...pieces).deltas).toEqual(
            // A lone surrogate cannot be written in UTF-8, by anybody.
            chunks.map(({ content }) => content.toWellFormed()).filter((content) => content !== ''),
          )
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('[S27] reads the same from one piece, from every two pieces and from single bytes', () => {
    const bytes = bytesOf(
      `\uFEFF: hello\r\n\r\n${answerEvents('Gr', 'üße ', '👋🏽', '"\\\n').join('').replaceAll('\n', '\r\n')}`,
    )
    const whole = read(bytes)
    expect(whole.deltas).toEqual(['Gr', 'üße ', '👋🏽', '"\\\n'])
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(read(bytes.subarray(0, at), bytes.subarray(at))).toEqual(whole)
    }
    expect(read(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole)
  })
})
