import type { ErrorShape, RunEvent } from '@millrace/flow'

type Draft = RunEvent extends infer Event
  ? Event extends RunEvent
    ? Omit<Event, 'seq' | 'at'>
    : never
  : never

const answer =
  'Millrace is a visual designer for **streaming chat flows**. You draw what happens between a question and its answer, press Run, and watch the words appear inside the node that streams them.\n\n- Every run is a log of events.\n- Stop means stop.\n'

const request = {
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

/** The events of the example, up to its middle, its end or a failure in its model call. */
export function sampleRun(until: 'streaming' | 'completed' | 'failed'): readonly RunEvent[] {
  const start = Date.now() - 2000
  const drafts: Draft[] = [
    { type: 'run-start', runId: 'run-1', flowId: 'example-chat', document: 'hash', trace: 'full' },
    { type: 'node-start', visit: 1, nodeId: 'trigger' },
    { type: 'node-end', visit: 1, outputs: { chatCompletionRequest: request } },
    { type: 'node-start', visit: 2, nodeId: 'chat' },
    {
      type: 'node-input',
      visit: 2,
      values: {
        connection: 'demo',
        modelId: 'demo',
        systemPrompt: 'You are a friendly assistant.',
        userPrompt: request.prompt,
        history: request.history,
      },
    },
  ]
  const error: ErrorShape = {
    code: 'provider_unauthorized',
    message:
      'The API key of "OpenAI" was refused (401). Enter a valid key in the connection and try again.',
    retryable: false,
    nodeId: 'chat',
    property: 'connection',
  }
  if (until === 'failed') {
    drafts.push(
      { type: 'node-error', visit: 2, error },
      { type: 'run-end', outcome: 'failed', error },
    )
    return drafts.map((draft, index) => numbered(draft, index, start))
  }
  const pieces = answer.match(/\S+\s*/g) ?? []
  const heard = until === 'streaming' ? pieces.slice(0, 24) : pieces
  heard.forEach((delta, index) => {
    const visit = 3 + index
    drafts.push(
      { type: 'node-delta', visit: 2, delta },
      { type: 'node-start', visit, nodeId: 'yield', parent: 2, port: 'forEachMessage' },
      { type: 'run-yield', visit, value: { content: delta, index } },
      { type: 'node-end', visit },
    )
  })
  if (until === 'completed') {
    const usage = { inputTokens: 64, outputTokens: 46, totalTokens: 110 }
    drafts.push(
      { type: 'node-call', visit: 2, kind: 'model', attempt: 1, firstByteMs: 212, ms: 1460, usage },
      { type: 'node-end', visit: 2, outputs: { response: { content: answer, usage } } },
      { type: 'run-end', outcome: 'completed', result: null, usage },
    )
  }
  return drafts.map((draft, index) => numbered(draft, index, start))
}

function numbered(draft: Draft, index: number, start: number): RunEvent {
  return { ...draft, seq: index + 1, at: start + index * 14 }
}
