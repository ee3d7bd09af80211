import {
  startFakeModelServer,
  type Answer,
  type FakeModelServer,
} from '@millrace/e2e/fake-model-server'

/** The fake provider with one model, `fake-1`, which answers as it is told. */
export interface FakeModel extends Pick<FakeModelServer, 'url' | 'requests' | 'close'> {
  /** How the next requests are answered. */
  answerWith(answer: Answer): void
}

/** Starts the provider; its model says "Hello" until it is told otherwise. */
export async function startFakeModel(
  options: { readonly apiKey?: string } = {},
): Promise<FakeModel> {
  let current: Answer = tokensAnswer(['Hel', 'lo'])
  const server = await startFakeModelServer({ ...options, models: { 'fake-1': () => current } })
  return {
    ...server,
    answerWith: (answer) => {
      current = answer
    },
  }
}

/** Streams exactly these tokens; with a `pause`, so many of them, and the rest after `until`. */
export function tokensAnswer(
  tokens: readonly string[],
  pause?: { readonly afterTokens: number; readonly until: Promise<unknown> },
): Answer {
  return { kind: 'text', tokens, ...(pause === undefined ? {} : { pause }) }
}

/** Streams "one", and then nothing more until the client leaves. */
export const endlessAnswer: Answer = tokensAnswer(['one', 'never'], {
  afterTokens: 1,
  until: new Promise(() => undefined),
})
