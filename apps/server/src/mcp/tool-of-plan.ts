import type { Tool } from '@modelcontextprotocol/sdk/types.js'
import {
  fieldsOf,
  resultTypesOf,
  typeOfDeclared,
  type DeclaredField,
  type Registry,
  type Type,
} from '@millrace/flow'
import type { Plan } from '@millrace/engine'
import { triggerOfKind } from '../flows/trigger-of-kind.ts'
import { schemaOfType } from './schema-of-type.ts'

/** What makes a flow a tool. */
export const toolTrigger = 'mcp.toolTrigger'

/** A flow that is a tool. */
export interface ToolOfPlan {
  /** As clients of MCP see it. */
  readonly tool: Tool
  /** One of these types its result is promised to be; `undefined` when nothing is promised. */
  readonly results: readonly Type[] | undefined
}

/** What a flow is as a tool; `undefined` for one that is none. */
export function toolOfPlan(plan: Plan, registry: Registry): ToolOfPlan | undefined {
  const trigger = triggerOfKind(plan, toolTrigger)
  if (trigger === undefined) return undefined
  const { toolDescription, effect, fields } = trigger.properties
  const declared = (fields ?? []) as readonly DeclaredField[] // the check let nothing else through
  const results = promisedResults(plan, registry)
  const tool: Tool = {
    name: plan.flow.id,
    title: plan.flow.name,
    description: String(toolDescription),
    inputSchema: inputSchemaOf(declared),
    ...(results === undefined ? {} : { outputSchema: outputSchemaOf(results) }),
    annotations: {
      title: plan.flow.name,
      readOnlyHint: effect === 'read',
      destructiveHint: effect === 'change',
    },
  }
  return { tool, results }
}

/** The protocol knows records alone: where something else may be returned, nothing is promised. */
function promisedResults(plan: Plan, registry: Registry): readonly Type[] | undefined {
  const types = resultTypesOf(plan.flow, registry)
  const areRecords = types.every((type) => fieldsOf(type) !== undefined)
  return types.length > 0 && areRecords ? types : undefined
}

function inputSchemaOf(fields: readonly DeclaredField[]): Tool['inputSchema'] {
  const required = fields.filter(({ optional }) => optional !== true).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(({ name, type, description }) => [
        name,
        {
          ...schemaOfType(typeOfDeclared(type)),
          ...(description === undefined ? {} : { description }),
        },
      ]),
    ),
    ...(required.length === 0 ? {} : { required }),
  }
}

function outputSchemaOf(results: readonly Type[]): NonNullable<Tool['outputSchema']> {
  const schemas = results.map(schemaOfType)
  const [only] = schemas
  return { ...(schemas.length === 1 ? only : { anyOf: schemas }), type: 'object' }
}
