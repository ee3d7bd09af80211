import { ownsRun, viewFor } from '../access/own-runs.ts'
import type { Principal } from '../access/principal.ts'
import { environmentQuery } from '../environments/environment-query.ts'
import type { PlanFor } from '../environments/plan-for.ts'
import { ofBody } from '../http/limits.ts'
import { defineRoute, paramOf, type Route } from '../http/route.ts'
import type { ActiveRuns } from '../runs/active-runs.ts'
import type { StartForClient } from '../runs/client-starts.ts'
import { sendRun, type RunSending, type SentRun } from '../runs/send-run.ts'
import { chatInput } from './chat-input.ts'
import { uiMessageChunks } from './ui-message-chunks.ts'
import { saidIn, uiMessageRequestSchema } from './ui-message-request.ts'

interface Options {
  readonly runs: Pick<ActiveRuns, 'inProgress' | 'find'>
  readonly sending: RunSending
  readonly startForClient: StartForClient
  /** The plan of a flow for chats. */
  readonly planFor: PlanFor
}

const stream = 'text/event-stream'
const messageExample = {
  id: 'chat-1',
  messages: [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: 'What is Millrace?' }] }],
}

/** The AI SDK's protocol for pages: `useChat` and its like run a flow unchanged. */
export function uiMessageRoutes(options: Options): readonly Route[] {
  const { runs, sending, startForClient, planFor } = options

  /** The latest run of a flow in a chat that goes on. */
  async function findRunning(chat: {
    readonly flowId: string
    readonly chatId: string
    readonly principal: Principal
  }): Promise<string | undefined> {
    for (const { id, flowId: itsFlow } of runs.inProgress().toReversed()) {
      if (itsFlow !== chat.flowId) continue
      const record = await runs.find(id)
      const { origin, sessionId, state } = record
      const isOfChat = origin === 'client' && sessionId === chat.chatId && state === 'running'
      if (isOfChat && ownsRun(chat.principal, record)) return id
    }
    return undefined
  }

  return [
    defineRoute({
      method: 'post',
      path: '/api/flows/:id/chat',
      caller: 'client',
      summary: 'Runs a flow for `useChat` of the AI SDK; the id of the chat is the session.',
      hasIdempotencyKey: true,
      query: environmentQuery,
      body: {
        schema: uiMessageRequestSchema,
        maxBytes: ofBody,
        examples: { message: { summary: 'What `useChat` sends', value: messageExample } },
      },
      answers: {
        200: {
          description: 'A UI message stream, up to `data: [DONE]`.',
          contentTypes: [stream],
          isOfRun: true,
        },
      },
      async handle({ body, query: { env }, principal, request, response, ...call }) {
        const flowId = paramOf(call, 'id')
        const { id: sessionId, context } = body
        const input = chatInput(saidIn(body), {
          sessionId,
          ...(context === undefined ? {} : { context }),
        })
        const runId = await startForClient(request, {
          flowId,
          principal,
          kind: 'streaming',
          call: 'chat',
          env,
          input,
          plan: () => planFor(flowId, { principal, environment: env }),
        })
        await sendRun(sending, response, answerOf(runId, principal))
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/flows/:id/chat/:chatId/stream',
      caller: 'client',
      summary: 'Follows the answer that goes on in a chat, from its start.',
      answers: {
        200: {
          description: 'The same stream as that of the first answer.',
          contentTypes: [stream],
          isOfRun: true,
        },
        204: { description: 'Nothing runs in this chat.' },
      },
      async handle({ principal, response, ...call }) {
        const [flowId, chatId] = [paramOf(call, 'id'), paramOf(call, 'chatId')]
        const runId = await findRunning({ flowId, chatId, principal })
        if (runId === undefined) response.status(204).end()
        else await sendRun(sending, response, answerOf(runId, principal))
      },
    }),
  ]
}

/** A run from its start on, as the principal sees it. */
function answerOf(runId: string, principal: Principal): SentRun {
  return {
    runId,
    after: 0,
    view: viewFor(principal, 'client'),
    framing: uiMessageChunks(runId),
  }
}
