import { FlowError } from '@millrace/flow'
import { z } from 'zod'
import { mayRun, viewFor } from '../access/own-runs.ts'
import { environmentQuery } from '../environments/environment-query.ts'
import type { FlowsToRun } from '../environments/flows-to-run.ts'
import type { PlanFor, PlannedFlow, RunTarget } from '../environments/plan-for.ts'
import type { StoredFlow } from '../flows/flow-store.ts'
import { ofBody } from '../http/limits.ts'
import { defineRoute, paramOf, type Route } from '../http/route.ts'
import { whileWaited } from '../http/while-waited.ts'
import type { StartForClient } from '../runs/client-starts.ts'
import { sendRun, type RunSending } from '../runs/send-run.ts'
import { chatTrigger } from './chat-flows.ts'
import { chatInput } from './chat-input.ts'
import { completionChunks, completionSchema, wholeCompletion } from './completion-answer.ts'
import { completionRequestSchema, expectHonoured, messagesOf } from './completion-request.ts'
import { createIsForChats } from './is-for-chats.ts'
import { sessionIdOf } from './session-id.ts'

interface Options {
  readonly flowsToRun: Pick<FlowsToRun, 'find' | 'listWith'>
  readonly sending: RunSending
  readonly startForClient: StartForClient
  /** The plan of a flow for chats. */
  readonly planFor: PlanFor
}

const completionExamples = {
  whole: {
    summary: 'An answer in one piece',
    value: {
      model: 'example-rag-chat',
      messages: [{ role: 'user', content: 'What is Millrace?' }],
    },
  },
  streamed: {
    summary: 'A stream of chunks, with usage at its end',
    value: {
      model: 'example-rag-chat',
      messages: [{ role: 'user', content: 'What is Millrace?' }],
      stream: true,
      stream_options: { include_usage: true },
    },
  },
} as const

const modelSchema = z.object({
  id: z.string(),
  object: z.literal('model'),
  created: z.int(),
  owned_by: z.string(),
})

/** OpenAI's interface: each flow for chats is a model. */
export function completionRoutes(options: Options): readonly Route[] {
  const { flowsToRun, sending, startForClient, planFor } = options
  const isForChats = createIsForChats()

  const planOfModel = (model: string, target: RunTarget): Promise<PlannedFlow> =>
    asModel(model, () => planFor(model, target))

  return [
    defineRoute({
      method: 'post',
      path: '/v1/chat/completions',
      caller: 'client',
      summary: 'Runs a flow as OpenAI’s chat completion; `model` is the id of the flow.',
      hasIdempotencyKey: true,
      query: environmentQuery,
      headers: { 'x-session-id': 'The conversation; without it each call is one of its own.' },
      body: {
        schema: completionRequestSchema,
        maxBytes: ofBody,
        examples: completionExamples,
      },
      answers: {
        200: {
          description:
            'The answer; with `stream`, chunks as SSE up to `data: [DONE]`, or to a chunk with an error.',
          schema: completionSchema,
          contentTypes: ['text/event-stream'],
          isOfRun: true,
        },
      },
      async handle({ body, query: { env }, principal, request, response }) {
        expectHonoured(body)
        const { model, temperature, max_tokens: maxTokens } = body
        const isStreamed = body.stream === true
        const sessionId = sessionIdOf(request)
        const maxCompletionTokens = body.max_completion_tokens ?? maxTokens ?? null
        const input = chatInput(messagesOf(body), {
          sessionId,
          options: { temperature: temperature ?? null, maxCompletionTokens },
        })
        const runId = await startForClient(request, {
          flowId: model,
          principal,
          kind: isStreamed ? 'streaming' : 'short',
          call: 'completion',
          env,
          input,
          asked: body,
          whenLeft: 'stopWhileAsking',
          plan: () => planOfModel(model, { principal, environment: env }),
        })
        response.setHeader('x-session-id', sessionId)
        const view = viewFor(principal, 'client')
        if (isStreamed) {
          const includesUsage = body.stream_options?.include_usage === true
          const framing = completionChunks({ runId, model, includesUsage })
          await sendRun(sending, response, { runId, after: 0, view, framing })
          return
        }
        response.setHeader('x-run-id', runId)
        const leave = sending.readers.enter(runId, view)
        const signal = whileWaited(response)
        signal.addEventListener('abort', leave)
        if (response.destroyed) leave()
        const completion = await wholeCompletion(sending.log, { runId, model, view, signal })
        if (completion !== undefined) response.json(completion)
      },
    }),

    defineRoute({
      method: 'get',
      path: '/v1/models',
      caller: 'client',
      query: environmentQuery,
      summary: 'Lists the flows for chats as models.',
      answers: {
        200: {
          description: 'The flows that start with a chat, by id.',
          schema: z.object({ object: z.literal('list'), data: z.array(modelSchema) }),
        },
      },
      async handle({ query: { env }, principal, response }) {
        const stored = await flowsToRun.listWith(chatTrigger, { principal, environment: env })
        const models = stored.filter((flow) => mayRun(principal, flow.id) && isForChats(flow))
        response.json({ object: 'list', data: models.map(modelOf) })
      },
    }),

    defineRoute({
      method: 'get',
      path: '/v1/models/:model',
      caller: 'client',
      query: environmentQuery,
      summary: 'Reads a flow for chats as a model.',
      answers: { 200: { description: 'The model.', schema: modelSchema } },
      async handle({ query: { env }, principal, response, ...call }) {
        const model = paramOf(call, 'model')
        // Whether it is there, or published, is told to who may run it alone.
        if (!mayRun(principal, model)) throw unknownModel(model, isNoModel)
        const stored = await asModel(model, () =>
          flowsToRun.find(model, { principal, environment: env }),
        )
        if (!isForChats(stored)) throw unknownModel(model, isNoModel)
        response.json(modelOf(stored))
      },
    }),
  ]
}

function modelOf({ id, updatedAt }: StoredFlow): z.infer<typeof modelSchema> {
  return { id, object: 'model', created: Math.floor(updatedAt / 1000), owned_by: 'millrace' }
}

/** Looks a flow up; says that it is missing as OpenAI says it of a model. */
async function asModel<Found>(model: string, find: () => Promise<Found>): Promise<Found> {
  try {
    return await find()
  } catch (error) {
    const isMissing = error instanceof FlowError && error.status === 404
    if (!isMissing) throw error
    throw unknownModel(model, error.code === 'not_found' ? isNoModel : error)
  }
}

const isNoModel: Pick<FlowError, 'code' | 'message'> = {
  code: 'not_found',
  message: 'A model is the id of a flow with a Chat completion trigger; GET /v1/models lists them.',
}

/** In OpenAI's words, which clients look for. */
function unknownModel(model: string, { code, message }: typeof isNoModel): FlowError {
  return new FlowError(
    code,
    `The model \`${model}\` does not exist or you do not have access to it. ${message}`,
    { property: 'body.model', details: { model } },
  )
}
