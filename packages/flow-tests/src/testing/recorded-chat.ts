import { compile, runFlow, type Connection, type Services } from '@millrace/engine'
import { fakeServices } from '@millrace/engine/testing'
import type { Flow, FlowNode, RunEvent } from '@millrace/flow'
import { registry } from '@millrace/nodes'
import * as nodes from '@millrace/nodes/server'
import { RunRecording } from '../record-run.ts'
import type { TestedFlow } from '../run-flow-test.ts'
import type { RecordedRun } from '../test-of-run.ts'

/** A flow of the real nodes; each edge as `node.port > node`. */
export function flowOf(nodes: readonly FlowNode[], edges: readonly string[]): Flow {
  return {
    format: 'millrace/flow',
    version: 1,
    id: 'tested',
    name: 'Tested',
    nodes,
    edges: edges.map((edge) => {
      const [, from = '', port = '', to = ''] = /^(\w+)\.(\w+) > (\w+)$/.exec(edge) ?? []
      return { from: [from, port] as const, to }
    }),
  }
}

/** Answers a chat message by the connection `model`, message by message. */
export function chatFlow(chat: FlowNode['properties'] = {}): Flow {
  return flowOf(
    [
      { id: 'trigger', type: 'chat.trigger' },
      {
        id: 'chat',
        type: 'openai.streamingChatCompletion',
        properties: {
          connection: 'model',
          modelId: 'gpt-4o-mini',
          systemPrompt: 'You are friendly.',
          userPrompt: { $ref: 'chatCompletionRequest.prompt' },
          ...chat,
        },
      },
      { id: 'yield', type: 'flow.yieldReturn', properties: { value: { $ref: 'message.content' } } },
      { id: 'end', type: 'flow.return', properties: { value: { $ref: 'response.usage' } } },
    ],
    ['trigger.next > chat', 'chat.forEachMessage > yield', 'chat.continue > end'],
  )
}

export function tested(flow: Flow): TestedFlow {
  return { flow, registry, packages: [nodes] }
}

export const secretKey = 'sk-very-secret-0123'

/** The connection `model`, to a provider. */
export function modelAt(url: string): Connection {
  return { id: 'model', kind: 'openai', name: 'Model', fields: { baseUrl: url, apiKey: secretKey } }
}

/** Runs a flow for real, and records it. */
export async function recorded(
  flow: Flow,
  connections: readonly Connection[],
  input: unknown = { prompt: 'Hi' },
): Promise<RecordedRun> {
  const recording = new RunRecording(fakeServices({ connections }), nodes)
  const events = await eventsOf(flow, recording.services, input)
  return { flow, registry, recording, events }
}

export async function eventsOf(
  flow: Flow,
  services: Services,
  input: unknown,
): Promise<readonly RunEvent[]> {
  const plan = compile(flow, [nodes])
  const run = runFlow(plan, { input, services, trace: 'full' })
  const events: RunEvent[] = []
  for await (const event of run.events()) events.push(event)
  return events
}
