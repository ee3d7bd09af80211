import {
  readDeclaredFields,
  type DeclaredField,
  type Flow,
  type FlowNode,
  type JsonValue,
  type PropertyKind,
} from '@millrace/flow'
import { registry } from '../registry.ts'

/** The node that starts a flow; `undefined` while it has none that is not disabled. */
export function triggerOf(flow: Flow): FlowNode | undefined {
  return flow.nodes.find(
    (node) => registry.nodes.get(node.type)?.kind === 'trigger' && node.disabled !== true,
  )
}

/** Whether a chat starts the flow, so that it is talked to instead of being given an input. */
export function isChatFlow(flow: Flow): boolean {
  return triggerOf(flow)?.type === 'chat.trigger'
}

/** Whether the flow is a tool that agents call. */
export function isToolFlow(flow: Flow): boolean {
  return triggerOf(flow)?.type === 'mcp.toolTrigger'
}

/** What a flow says of the input that it is run with. */
export interface DeclaredInput {
  readonly triggerId: string
  /** The fields that a caller sends; without any, it may be any JSON. */
  readonly fields: readonly DeclaredField[]
  /** What a run in the designer starts with, and the key of the trigger's property that says so. */
  readonly defaultData: JsonValue | undefined
  readonly defaultDataKey: string | undefined
}

/** What the trigger of a flow says of its input; `undefined` for a flow that takes none. */
export function declaredInputOf(flow: Flow): DeclaredInput | undefined {
  const trigger = triggerOf(flow)
  if (trigger === undefined) return undefined
  const keyOf = (kind: PropertyKind) =>
    Object.entries(registry.nodes.get(trigger.type)?.properties ?? {}).find(
      ([, property]) => property.kind === kind,
    )?.[0]
  const fields = trigger.properties?.[keyOf('fields') ?? '']
  const defaultDataKey = keyOf('json')
  return {
    triggerId: trigger.id,
    fields: (fields === undefined ? undefined : readDeclaredFields(fields)) ?? [],
    defaultData: defaultDataKey === undefined ? undefined : trigger.properties?.[defaultDataKey],
    defaultDataKey,
  }
}
