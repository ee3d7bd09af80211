import { createClient, FlowError, type Client } from '@millrace/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createChat, type Chat } from './chat-store.ts'
import { createKeptSessions } from './kept-sessions.ts'
import { memoryStorage } from './testing/memory-storage.ts'
import type { Visitor } from './visitor.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

type Answer = (path: string, body: unknown) => Response

/** A chat with a server that answers in turn; `asked` is what it was asked. */
function chatWith(
  answers: readonly Answer[],
  storage = memoryStorage(),
  rate: Visitor['rate'] = async () => undefined,
) {
  const rest = [...answers]
  const asked: { readonly path: string; readonly body: unknown }[] = []
  const client: Client = createClient({
    baseUrl: 'http://mill.test',
    fetch: async (input, init) => {
      const path = new URL(input instanceof Request ? input.url : input).pathname
      const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined
      asked.push({ path, body })
      return rest.shift()?.(path, body) ?? refused('internal')(path, body)
    },
  })
  const visitor: Visitor = {
    arrive: async () => ({ name: 'Mill', takesFeedback: true, isPreview: false }),
    ask: (call) => call(client),
    rate,
  }
  let count = 0
  const chat = createChat({
    flowId: 'mill',
    visitor,
    kept: createKeptSessions(storage, 'mill'),
    newId: () => `id${(count += 1)}`,
    now: () => 1000,
  })
  return { chat, asked, storage }
}

const opened = { headers: { 'content-type': 'text/event-stream', 'x-run-id': 'run-1' } }

/** A stream of values, which ends, or is cut off there. */
function streamed(
  values: readonly unknown[],
  end = 'id: 9\nevent: end\ndata: {"outcome":"completed","result":null,"usage":null}\n\n',
): Answer {
  const events = values.map(
    (value, index) => `id: ${index + 2}\nevent: yield\ndata: ${JSON.stringify(value)}\n\n`,
  )
  return () => new Response([...events, end].join(''), opened)
}

const refused =
  (code: string, details: object = {}): Answer =>
  () =>
    Response.json({ error: { code, message: 'No.', details } }, { status: 400 })

async function settled(chat: Chat) {
  await vi.runAllTimersAsync()
  const { session } = chat.store.getState()
  return session.turns.map(({ prompt, outcome, answer, error }) => ({
    prompt,
    outcome,
    words: answer.parts.map((part) => (part.kind === 'text' ? part.text : '{}')).join(''),
    ...(error === undefined ? {} : { code: error.code }),
  }))
}

describe('a chat', () => {
  it('sends what was said before along, and keeps the conversation', async () => {
    const { chat, asked, storage } = chatWith([streamed(['One']), streamed(['Two'])])
    await chat.commands.arrive()
    chat.commands.send('First?')
    await settled(chat)
    chat.commands.send('Second?')
    expect(await settled(chat)).toEqual([
      { prompt: 'First?', outcome: 'completed', words: 'One' },
      { prompt: 'Second?', outcome: 'completed', words: 'Two' },
    ])
    expect(asked.at(-1)?.body).toMatchObject({
      sessionId: 'id1',
      prompt: 'Second?',
      history: [
        { role: 'user', content: 'First?' },
        { role: 'assistant', content: 'One' },
      ],
    })
    const { chat: reloaded } = chatWith([], storage)
    expect(reloaded.store.getState().session.turns).toHaveLength(2)
  })

  it('asks again in a session of its own, with the history up to there', async () => {
    const { chat, asked } = chatWith([streamed(['One']), streamed(['Two']), streamed(['Three'])])
    await chat.commands.arrive()
    for (const prompt of ['First?', 'Second?']) {
      chat.commands.send(prompt)
      await settled(chat)
    }
    const [first] = chat.store.getState().session.turns
    chat.commands.resend(first?.id ?? '', 'Other?')
    expect(await settled(chat)).toEqual([
      { prompt: 'Other?', outcome: 'completed', words: 'Three' },
    ])
    expect(asked.at(-1)?.body).not.toHaveProperty('history')
    expect(asked.at(-1)?.body).not.toMatchObject({ sessionId: 'id1' })
    expect(chat.store.getState().sessions).toHaveLength(2)
  })

  it('goes on after a reload with the run that was left, and does not start another', async () => {
    const { chat, storage } = chatWith([() => new Response(new ReadableStream(), opened)])
    await chat.commands.arrive()
    chat.commands.send('Long?')
    await vi.advanceTimersByTimeAsync(100)
    chat.commands.leave()

    const { chat: reloaded, asked } = chatWith([streamed(['Here'])], storage)
    await reloaded.commands.arrive()
    expect(reloaded.store.getState().isResumed).toBe(true)
    expect(await settled(reloaded)).toEqual([
      { prompt: 'Long?', outcome: 'completed', words: 'Here' },
    ])
    expect(asked.map(({ path }) => path)).toEqual(['/api/runs/run-1/stream'])
  })

  it('says that an answer broke off whose run is no longer kept', async () => {
    const { chat, storage } = chatWith([() => new Response(new ReadableStream(), opened)])
    await chat.commands.arrive()
    chat.commands.send('Long?')
    await vi.advanceTimersByTimeAsync(100)
    chat.commands.leave()

    const { chat: reloaded } = chatWith([refused('not_found')], storage)
    await reloaded.commands.arrive()
    expect(await settled(reloaded)).toEqual([
      { prompt: 'Long?', outcome: 'interrupted', words: '' },
    ])
  })

  it('takes a rating back that does not reach the server, and says so', async () => {
    const { chat } = chatWith([streamed(['One'])], memoryStorage(), () =>
      Promise.reject(new FlowError('rate_limited', 'Wait.')),
    )
    await chat.commands.arrive()
    chat.commands.send('First?')
    await settled(chat)
    const ratingOf = () => chat.store.getState().session.turns[0]?.rating
    chat.commands.rate('id2', 'up')
    expect(ratingOf()).toBe('up')
    await settled(chat)
    expect([ratingOf(), chat.store.getState().unratedId]).toEqual([undefined, 'id2'])
  })

  it('keeps what came of an answer that failed, which is no part of the history', async () => {
    const failure = 'event: error\ndata: {"error":{"code":"provider_failed","message":"Down."}}\n\n'
    const { chat, asked } = chatWith([streamed(['Half'], failure), streamed(['Two'])])
    await chat.commands.arrive()
    chat.commands.send('First?')
    expect(await settled(chat)).toEqual([
      { prompt: 'First?', outcome: 'failed', words: 'Half', code: 'provider_failed' },
    ])
    chat.commands.resend(chat.store.getState().session.turns[0]?.id ?? '', 'First?')
    await settled(chat)
    expect(asked.at(-1)?.body).not.toHaveProperty('history')
    expect(chat.store.getState().sessions).toHaveLength(1)
  })

  it('says why nobody is let in', async () => {
    const chat = createChat({
      flowId: 'mill',
      visitor: {
        arrive: () => Promise.reject(new FlowError('not_found', 'None.')),
        ask: () => Promise.reject(new Error('Nobody asks.')),
        rate: () => Promise.reject(new Error('Nobody rates.')),
      },
      kept: createKeptSessions(undefined, 'mill'),
      newId: () => 'id',
      now: () => 1000,
    })
    await chat.commands.arrive()
    expect(chat.store.getState().entry).toMatchObject({
      state: 'refused',
      error: { code: 'not_found' },
    })
  })
})
