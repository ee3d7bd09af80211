import type { TrialRequest } from './trial-request.ts'

/** An answer as far as it has come. Times are in ms since it was asked for. */
export interface TrialAnswer {
  readonly status: number
  readonly runId: string | undefined
  readonly contentType: string
  /** What came, as it came; of a long answer its end. */
  readonly text: string
  readonly isCut: boolean
  readonly firstValueMs: number | undefined
  /** `undefined` while more may come. */
  readonly endedMs: number | undefined
}

interface Options {
  readonly fetch: typeof fetch
  /** In ms, from any start. */
  readonly now: () => number
  readonly signal: AbortSignal
}

/** So much is shown, in characters. */
const maxShown = 100_000

/** Sends a trial, and tells of its answer with each piece that comes. Fails as `fetch` does. */
export async function* readAnswer(
  { path, init, firstValue }: TrialRequest,
  { fetch: send, now, signal }: Options,
): AsyncGenerator<TrialAnswer> {
  const askedAt = now()
  const response = await send(path, { ...init, signal })
  let answer: TrialAnswer = {
    status: response.status,
    runId: response.headers.get('x-run-id') ?? undefined,
    contentType: response.headers.get('content-type') ?? '',
    text: '',
    isCut: false,
    firstValueMs: undefined,
    endedMs: undefined,
  }
  yield answer
  for await (const piece of piecesOf(response)) {
    const text = answer.text + piece
    const hasValue = answer.firstValueMs !== undefined || (response.ok && firstValue.test(text))
    answer = {
      ...answer,
      text: text.slice(-maxShown),
      isCut: answer.isCut || text.length > maxShown,
      firstValueMs: hasValue ? (answer.firstValueMs ?? now() - askedAt) : undefined,
    }
    yield answer
  }
  yield { ...answer, endedMs: now() - askedAt }
}

async function* piecesOf({ body }: Response): AsyncGenerator<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  if (reader === undefined) return
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    // Who stops reading lets go of the connection.
    void reader.cancel().catch(() => undefined)
  }
}
