/** What is sent to start a flow, for the description of the API. */
export const inputExamples = {
  chat: {
    summary: 'Of a flow with a Chat completion trigger',
    value: { sessionId: 's1', prompt: 'What is Millrace?' },
  },
  fields: {
    summary: 'Of a flow with another trigger: the fields that it declares',
    value: { customerId: 'C-100' },
  },
} as const

/** The id of a run, as the server gives it. */
export const exampleRunId = '0199f3a1-7d2e-7c11-9f53-2f8a4c1be001'

const usage = { inputTokens: 9, outputTokens: 2, totalTokens: 11 }
const end = {
  outcome: 'completed',
  runId: exampleRunId,
  usage,
  result: null,
}

/** One run in each framing of its values. */
export const valueExamples = {
  'text/event-stream': `id: 3\nevent: yield\ndata: "Hel"\n\nid: 4\nevent: yield\ndata: "lo"\n\nid: 6\nevent: end\ndata: ${JSON.stringify(end)}\n\n`,
  'application/x-ndjson': `{"seq":3,"value":"Hel"}\n{"seq":4,"value":"lo"}\n${JSON.stringify({ end })}\n`,
  'application/json': ['Hel', 'lo'],
} as const
