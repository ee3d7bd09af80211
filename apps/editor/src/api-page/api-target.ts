import {
  isRecord,
  type DeclaredField,
  type Flow,
  type JsonObject,
  type JsonValue,
} from '@millrace/flow'
import { declaredInputOf, isChatFlow, isToolFlow } from '../document/trigger-of.ts'
import { yieldsValues } from './yields-values.ts'

/** Where a flow runs, as its address names it. */
export type Environment = 'development' | 'test' | 'production'

/** A flow as programs call it. */
export interface ApiTarget {
  readonly flowId: string
  /** What starts it, and what comes: a chat; values while it runs; what it returns alone. */
  readonly kind: 'chat' | 'stream' | 'run'
  /** Whether agents call it as a tool, over the Model Context Protocol. */
  readonly isTool: boolean
  /** What a caller sends; without any, whatever it likes. */
  readonly fields: readonly DeclaredField[]
  /** What it may be called with: its test data, or something that fits its fields. */
  readonly input: JsonObject
  /** Of the server as the browser knows it, without a path. */
  readonly serverUrl: string
  readonly environment: Environment
}

/** How a flow is called at a server. */
export function apiTargetOf(
  flow: Flow,
  { serverUrl, environment }: Pick<ApiTarget, 'serverUrl' | 'environment'>,
): ApiTarget {
  const declared = declaredInputOf(flow)
  const isChat = isChatFlow(flow)
  const returnsAlone = !yieldsValues(flow)
  const fields = isChat ? chatFields : (declared?.fields ?? [])
  const testData = isRecord(declared?.defaultData) ? (declared.defaultData as JsonObject) : {} // JSON
  return {
    flowId: flow.id,
    kind: isChat ? 'chat' : returnsAlone ? 'run' : 'stream',
    isTool: isToolFlow(flow),
    fields,
    input: { ...exampleOf(fields, isChat), ...withoutEmpty(testData) },
    serverUrl,
    environment,
  }
}

const chatFields: readonly DeclaredField[] = [
  { name: 'prompt', type: 'text', description: 'What the user says.' },
  { name: 'sessionId', type: 'text', description: 'The conversation that it belongs to.' },
  {
    name: 'context',
    type: 'any',
    optional: true,
    description: 'What the flow is told besides.',
  },
]

const chatExample: JsonObject = { sessionId: 'session-1', prompt: 'Hello' }

function exampleOf(fields: readonly DeclaredField[], isChat: boolean): JsonObject {
  if (isChat) return chatExample
  const needed = fields.filter(({ optional }) => optional !== true)
  return Object.fromEntries(needed.map(({ name, type }) => [name, valueOf[type]]))
}

const valueOf: Readonly<Record<DeclaredField['type'], JsonValue>> = {
  text: 'text',
  number: 1,
  boolean: true,
  list: [],
  record: {},
  any: null,
}

/** Test data names everything that there is; what it leaves empty says nothing. */
function withoutEmpty(data: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== ''))
}
