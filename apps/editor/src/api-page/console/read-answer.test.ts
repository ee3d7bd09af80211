import { expect, it } from 'vitest'
import { readAnswer, type TrialAnswer } from './read-answer.ts'

/** The answers of which is told while a response comes; each look at the clock takes 10 ms. */
async function told(response: Response): Promise<readonly TrialAnswer[]> {
  let time = 0
  const options = {
    fetch: () => Promise.resolve(response),
    now: () => (time += 10),
    signal: new AbortController().signal,
  }
  const answers: TrialAnswer[] = []
  for await (const answer of readAnswer({ path: '/', init: {}, firstValue: /b/ }, options)) {
    answers.push(answer)
  }
  return answers
}

function streamed(pieces: readonly (string | Uint8Array<ArrayBuffer>)[], init: ResponseInit = {}) {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const piece of pieces) {
        controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece)
      }
      controller.close()
    },
  })
  return new Response(body, init)
}

it('tells of the head, of each piece, and of the end, with the time of the first value', async () => {
  const headers = { 'x-run-id': 'run-1', 'content-type': 'text/event-stream' }
  const answers = await told(streamed(['a', 'b', 'c'], { headers }))
  const known = { status: 200, runId: 'run-1', contentType: 'text/event-stream', isCut: false }
  expect(answers).toEqual([
    { ...known, text: '', firstValueMs: undefined, endedMs: undefined },
    { ...known, text: 'a', firstValueMs: undefined, endedMs: undefined },
    { ...known, text: 'ab', firstValueMs: 10, endedMs: undefined },
    { ...known, text: 'abc', firstValueMs: 10, endedMs: undefined },
    { ...known, text: 'abc', firstValueMs: 10, endedMs: 20 },
  ])
})

it('reads a character whose bytes come apart', async () => {
  const bytes = new TextEncoder().encode('ü')
  const answers = await told(streamed([bytes.slice(0, 1), bytes.slice(1)]))
  expect(answers.at(-1)?.text).toBe('ü')
})

it('shows the end of what is long, and finds no value in a refusal', async () => {
  const long = await told(streamed(['x'.repeat(100_000), 'end']))
  expect(long.at(-1)?.text).toHaveLength(100_000)
  expect(long.at(-1)).toMatchObject({ isCut: true, text: expect.stringMatching(/end$/) })
  const refused = await told(streamed(['b'], { status: 422 }))
  expect(refused.at(-1)).toMatchObject({ status: 422, firstValueMs: undefined })
})
