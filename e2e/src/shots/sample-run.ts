import type { ErrorShape, RunEvent } from '@millrace/flow'

type Draft = RunEvent extends infer Event
  ? Event extends RunEvent
    ? Omit<Event, 'seq' | 'at'>
    : never
  : never

const answer =
  'Millrace is a visual designer for **streaming chat flows**. You draw what happens between a question and its answer, press Run, and watch the words appear inside the node that streams them.\n\n- Every run is a log of events.\n- Stop means stop.\n'

const input = {
  sessionId: 'session-1',
  prompt: 'What does Millrace do?',
  context: '',
  history: [
    { role: 'user', content: 'Hello!' },
    { role: 'assistant', content: 'Hello. Ask me about mills.' },
  ],
  instructions: '',
  options: { temperature: null, maxCompletionTokens: null },
}

const usage = { inputTokens: 64, outputTokens: 46, totalTokens: 110 }

const call = {
  type: 'node-call',
  visit: 2,
  kind: 'model',
  attempt: 1,
  firstByteMs: 412,
  ms: 1460,
  usage,
  model: 'gpt-5-mini-2026-03-11',
  finishReason: 'stop',
  request: {
    model: 'gpt-5-mini',
    messages: [
      { role: 'system', content: 'You answer questions about Millrace, briefly.' },
      { role: 'user', content: 'What is Millrace, and what can I build with it?' },
    ],
    temperature: 0.7,
    stream_options: { include_usage: true },
  },
} satisfies Draft

const errors = {
  key: {
    code: 'provider_unauthorized',
    message:
      '"OpenAI" refused the API key (401). Check the key of the connection, and what it may use.',
    retryable: false,
    nodeId: 'chat',
    property: 'connection',
  },
  limit: {
    code: 'provider_limited',
    message: '"OpenAI" gets too many requests (429). Try again later.',
    retryable: true,
    nodeId: 'chat',
    details: { status: 429, retryAfter: 18 },
  },
  cut: {
    code: 'upstream_disconnected',
    message: '"OpenAI" closed its connection before the answer was complete. Try again.',
    retryable: true,
    nodeId: 'chat',
  },
} satisfies Record<string, ErrorShape>

const sources = {
  type: 'sources',
  items: [
    {
      title: 'Publishing a flow',
      url: 'https://docs.millrace.example/flows/publishing',
      snippet:
        'Publishing copies a revision to an environment. Clients run that copy until another is published.',
      score: 0.8731,
    },
    { title: 'handbook.pdf, page 12', snippet: 'Drafts run for the operator only.', score: 0.71 },
    {
      url: 'https://docs.millrace.example/api/a-rather-long-address-without-any-place-to-break-it-at-all',
    },
  ],
}

const moments = {
  streaming: () => spoken(24),
  completed: () => [...spoken(), call, ended(), completed],
  failed: () => failed(errors.key),
  limited: () => failed(errors.limit),
  'cut off': () => [...spoken(18), ...failed(errors.cut)],
  stopped: () => [
    ...spoken(12),
    { type: 'node-error', visit: 2, error: { ...errors.cut, code: 'cancelled' } },
    { type: 'run-end', outcome: 'cancelled', usage: null },
  ],
  values: () => [
    { type: 'run-yield', visit: 2, value: sources },
    ...spoken(22),
    {
      type: 'run-yield',
      visit: 2,
      value: { orders: [{ id: 'A-1042', total: 79.5 }], more: false },
    },
    call,
    ended(),
    completed,
  ],
  status: () => [
    { type: 'run-yield', visit: 2, value: { type: 'status', text: 'Searching the handbook…' } },
  ],
  returned: () => [ended(), { ...completed, result: { answer: 42, unit: 'none' } }],
  refused: () => [
    { ...call, refusal: 'I’m sorry, but I cannot help with that request.' },
    ended(),
    completed,
  ],
  'at the limit': () => [...spoken(30), { ...call, finishReason: 'length' }, ended(), completed],
  retried: () => [
    ...spoken(),
    { ...call, startedAt: 4, ms: 120, usage: null },
    { ...call, startedAt: 624, attempt: 2, ms: 900, firstByteMs: 300 },
    ended(),
    completed,
  ],
} satisfies Record<string, () => readonly Draft[]>

/** A moment that a run of the example can be in. */
export type Moment = keyof typeof moments

/** The events of the example up to a moment. */
export function sampleRun(moment: Moment): readonly RunEvent[] {
  const start = Date.now() - 2000
  const drafts: readonly Draft[] = [
    { type: 'run-start', runId: 'run-1', flowId: 'example-chat', document: 'hash', trace: 'full' },
    { type: 'node-start', visit: 1, nodeId: 'trigger' },
    { type: 'node-end', visit: 1, outputs: { chatCompletionRequest: input } },
    { type: 'node-start', visit: 2, nodeId: 'chat' },
    {
      type: 'node-input',
      visit: 2,
      values: {
        connection: 'demo',
        modelId: 'demo',
        systemPrompt: 'You are a friendly assistant.',
        userPrompt: input.prompt,
        history: input.history,
      },
    },
    ...moments[moment](),
  ]
  return drafts.map((draft, index) => numbered(draft, index, start))
}

/** So many words of the answer, all without a number, each yielded as it comes. */
function spoken(count?: number): readonly Draft[] {
  const pieces = answer.match(/\S+\s*/g) ?? []
  return pieces.slice(0, count).flatMap((delta, index): Draft[] => {
    const visit = 3 + index
    return [
      { type: 'node-delta', visit: 2, delta },
      {
        type: 'node-start',
        visit,
        nodeId: 'yield',
        parent: 2,
        port: 'forEachMessage',
        iteration: index + 1,
        entered: { message: { content: delta, index } },
      },
      { type: 'node-input', visit, values: { value: { content: delta, index } } },
      { type: 'run-yield', visit, value: { content: delta, index } },
      { type: 'node-end', visit },
    ]
  })
}

const completed = { type: 'run-end', outcome: 'completed', result: null, usage } satisfies Draft

function ended(): Draft {
  return { type: 'node-end', visit: 2, outputs: { response: { content: answer, usage } } }
}

function failed(error: ErrorShape): readonly Draft[] {
  return [
    { type: 'node-error', visit: 2, error },
    { type: 'run-end', outcome: 'failed', error },
  ]
}

function numbered(draft: Draft, index: number, start: number): RunEvent {
  const at = start + (index < 4 ? index : 420 + index * 9)
  // A call is placed from the start of its run.
  return draft.type === 'node-call'
    ? { ...draft, seq: index + 1, at, startedAt: start + (draft.startedAt ?? 4) }
    : { ...draft, seq: index + 1, at }
}
