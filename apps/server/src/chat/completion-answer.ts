import type { RunEventOf, RunView, Usage } from '@millrace/flow'
import { followRun, type RunLog } from '@millrace/engine'
import { z } from 'zod'
import { openAiError } from '../http/openai-error.ts'
import { errorOfEnd } from '../runs/error-of-end.ts'
import { entryIn } from '../runs/entry-in.ts'
import type { Framing } from '../runs/framings.ts'
import { AnswerText } from './answer-text.ts'

/** Which run is answered, as which model. */
interface CompletionOf {
  readonly runId: string
  readonly model: string
}

/** An answer that is not streamed. */
export const completionSchema = z.object({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.int(),
  model: z.string(),
  choices: z.array(
    z.object({
      index: z.int(),
      message: z.object({
        role: z.literal('assistant'),
        content: z.string(),
        refusal: z.null(),
      }),
      logprobs: z.null(),
      finish_reason: z.string(),
    }),
  ),
  usage: z.object({
    prompt_tokens: z.number(),
    completion_tokens: z.number(),
    total_tokens: z.number(),
  }),
})

/** OpenAI's stream of chunks: the role, each text as a delta, the reason, and usage where it was asked for. */
export function completionChunks({
  runId,
  model,
  includesUsage,
}: CompletionOf & { readonly includesUsage: boolean }): Framing {
  const answer = new AnswerText()
  let created = 0

  function chunk(choices: readonly unknown[], usage: unknown = null): string {
    return sse({
      id: idOf(runId),
      object: 'chat.completion.chunk',
      created,
      model,
      choices,
      ...(includesUsage ? { usage } : {}),
    })
  }
  function delta(content: object, reason: string | null = null): string {
    return chunk([{ index: 0, delta: content, logprobs: null, finish_reason: reason }])
  }
  function end(event: RunEventOf<'run-end'>): string {
    if (event.outcome !== 'completed') return failure(errorOfEnd(event.outcome, event.error))
    const usage = includesUsage ? chunk([], usageOf(event.usage)) : ''
    return `${delta({}, answer.finishReason)}${usage}data: [DONE]\n\n`
  }

  return {
    contentType: 'text/event-stream',
    note: (entry) => answer.note(entry),
    encode(entry) {
      const { event } = entry
      const text = answer.take(entry)
      const piece = text === '' ? '' : delta({ content: text })
      if (event.type === 'run-end') return piece + end(event)
      if (event.type !== 'run-start') return piece
      created = secondsOf(event.at)
      return delta({ role: 'assistant', content: '', refusal: null })
    },
    failure,
    heartbeat: ':\n\n',
  }
}

/** Clients take the chunk for an error; nothing follows it, so that none takes the answer for whole. */
function failure(error: Parameters<typeof openAiError>[0]): string {
  return sse(openAiError(error))
}

/**
 * Waits for the end of a run and answers all that it said. Throws the error of one that failed, and
 * answers nothing when its reader leaves before.
 */
export async function wholeCompletion(
  log: RunLog,
  {
    runId,
    model,
    view,
    signal,
  }: CompletionOf & { readonly view: RunView; readonly signal: AbortSignal },
): Promise<z.infer<typeof completionSchema> | undefined> {
  const answer = new AnswerText()
  let content = ''
  let created = 0
  let end: RunEventOf<'run-end'> | undefined
  await followRun(log, {
    runId,
    after: 0,
    signal,
    sink: {
      write(entries) {
        for (const recorded of entries) {
          answer.note(recorded)
          const entry = entryIn(view, recorded)
          if (entry === undefined) continue
          content += answer.take(entry)
          if (entry.event.type === 'run-start') created = secondsOf(entry.event.at)
          if (entry.event.type === 'run-end') end = entry.event
        }
        return entries.length
      },
      drained: () => Promise.resolve(),
    },
  })
  if (end === undefined) return undefined
  if (end.outcome !== 'completed') throw errorOfEnd(end.outcome, end.error)
  return {
    id: idOf(runId),
    object: 'chat.completion',
    created,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null },
        logprobs: null,
        finish_reason: answer.finishReason,
      },
    ],
    usage: usageOf(end.usage),
  }
}

const idOf = (runId: string) => `chatcmpl-${runId}`
const secondsOf = (milliseconds: number) => Math.floor(milliseconds / 1000)

function sse(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`
}

/** Clients count on numbers: of a run whose calls reported none, the sum is nothing. */
function usageOf(usage: Usage | null | undefined) {
  return {
    prompt_tokens: usage?.inputTokens ?? 0,
    completion_tokens: usage?.outputTokens ?? 0,
    total_tokens: usage?.totalTokens ?? 0,
  }
}
