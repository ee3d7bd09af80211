const now = Date.now()
const usage = { inputTokens: 1840, outputTokens: 212, totalTokens: 2052 }

interface SampleRun {
  readonly minutesAgo: number
  readonly ms?: number
  readonly fields?: Readonly<Record<string, unknown>>
}

function storedRun({ minutesAgo, ms = 1460, fields = {} }: SampleRun, index: number) {
  const startedAt = now - minutesAgo * 60_000
  return {
    id: `run-${index + 1}`,
    flowId: 'example-chat',
    state: 'completed',
    startedAt: new Date(startedAt).toISOString(),
    endedAt: fields['state'] === 'running' ? null : new Date(startedAt + ms).toISOString(),
    usage,
    models: [{ model: 'gpt-5-mini', usage }],
    trace: 'summary',
    document: 'a1b2',
    sessionId: null,
    origin: 'client',
    parentRunId: null,
    againRunId: null,
    ranAgainAs: null,
    ...fields,
  }
}

const anna = { sessionId: '6f0a4c5e-anna' }

export const sampleHistory = [
  { minutesAgo: 0.2, fields: { ...anna, state: 'running', usage: null, models: [] } },
  {
    minutesAgo: 1,
    fields: { flowId: 'docs-helper', state: 'running', origin: 'designer', trace: 'full' },
  },
  { minutesAgo: 3, ms: 2210, fields: anna },
  {
    minutesAgo: 4,
    ms: 640,
    fields: {
      flowId: 'support',
      state: 'failed',
      usage: null,
      models: [],
      trace: 'fullOnFailure',
      sessionId: 'a-session-with-a-name-that-is-rather-long',
      error: {
        code: 'provider_unauthorized',
        message:
          '"OpenAI" refused the API key (401). Check the key of the connection, and what it may use.',
      },
    },
  },
  { minutesAgo: 9, ms: 4180, fields: { ...anna, trace: 'full' } },
  {
    minutesAgo: 12,
    ms: 310,
    fields: { flowId: 'docs-helper', origin: 'flow', parentRunId: 'run-9' },
  },
  {
    minutesAgo: 31,
    ms: 900,
    fields: { flowId: 'scratch', usage: null, models: [], origin: 'designer', trace: 'full' },
  },
  {
    minutesAgo: 55,
    ms: 8100,
    fields: { state: 'cancelled', sessionId: 'b7', againRunId: 'run-9' },
  },
  {
    minutesAgo: 130,
    ms: 95_000,
    fields: { state: 'interrupted', sessionId: 'b7', ranAgainAs: 'run-8' },
  },
  ...Array.from({ length: 9 }, (_, index) => ({
    minutesAgo: 1500 + index * 47,
    ms: 900 + index * 333,
    fields: {
      flowId: index % 3 === 0 ? 'docs-helper' : 'example-rag-chat',
      sessionId: `c${index}`,
    },
  })),
].map(storedRun)

export const sampleSession = sampleHistory.filter(({ sessionId }) => sessionId === anna.sessionId)
