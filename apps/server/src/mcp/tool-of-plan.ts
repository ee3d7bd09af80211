import type { Tool } from '@modelcontextprotocol/sdk/types.js'
import type { DeclaredField, DeclaredType } from '@millrace/flow'
import type { Plan } from '@millrace/engine'
import { triggerOfKind } from '../flows/trigger-of-kind.ts'

/** What makes a flow a tool. */
export const toolTrigger = 'mcp.toolTrigger'

/** A flow as clients of MCP see it; `undefined` for one that is no tool. */
export function toolOfPlan(plan: Plan): Tool | undefined {
  const trigger = triggerOfKind(plan, toolTrigger)
  if (trigger === undefined) return undefined
  const { toolDescription, effect, fields } = trigger.properties
  const declared = (fields ?? []) as readonly DeclaredField[] // the check let nothing else through
  return {
    name: plan.flow.id,
    title: plan.flow.name,
    description: String(toolDescription),
    inputSchema: schemaOf(declared),
    annotations: {
      title: plan.flow.name,
      readOnlyHint: effect === 'read',
      destructiveHint: effect === 'change',
    },
  }
}

function schemaOf(fields: readonly DeclaredField[]): Tool['inputSchema'] {
  const required = fields.filter(({ optional }) => optional !== true).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(({ name, type, description }) => [
        name,
        { ...jsonTypes[type], ...(description === undefined ? {} : { description }) },
      ]),
    ),
    ...(required.length === 0 ? {} : { required }),
  }
}

const jsonTypes: Readonly<Record<DeclaredType, object>> = {
  text: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  list: { type: 'array' },
  record: { type: 'object' },
  any: {},
}
