import { z } from 'zod'
import type { ConnectionDefinition } from './connection-definition.ts'
import type { NodeDefinition } from './definition.ts'
import { isRecord } from './json.ts'
import { isIdentifier } from './name.ts'
import { propertyKinds } from './property.ts'
import { sentencesOf } from './schema-sentences.ts'

const label = z.string().min(1)
const identifier = z
  .string()
  .refine(isIdentifier, { error: 'This is no name: letters and digits.' })
const outputs = z.record(identifier, z.looseObject({ nameFrom: label, type: z.unknown() }))
const execOut = z.union([
  z.looseObject({ each: label, id: label, label, block: outputs }),
  z.looseObject({ label, block: outputs.optional(), loop: z.boolean().optional() }),
])

/** The choices of a property by their keys, with a label each. */
const optionsSchema = z.record(z.string(), label)
const visible = z.looseObject({ property: identifier, in: z.array(z.unknown()) })
const property = z
  .looseObject({ kind: z.enum(Object.keys(propertyKinds)), label, visible: visible.optional() })
  .superRefine(({ kind, options }, context) => {
    if (kind !== 'choice') return
    const { error } = optionsSchema.safeParse(options)
    for (const issue of error?.issues ?? []) {
      context.addIssue({ ...issue, path: ['options', ...issue.path] })
    }
  })

const nodeSchema = z.looseObject({
  type: z.string().regex(/^[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$/, {
    error: 'A type is a system and a name with a dot between: "acme.sendLetter".',
  }),
  version: z.int().min(1),
  kind: z.enum(['trigger', 'action', 'resource']),
  title: label,
  system: label,
  category: z.enum(['trigger', 'model', 'data', 'control', 'output', 'attachment']),
  icon: z.string(),
  description: label,
  tags: z.array(z.string()).optional(),
  exec: z.looseObject({ in: z.boolean(), out: z.record(identifier, execOut) }).optional(),
  attachments: z.record(identifier, z.looseObject({ label, accepts: label })).optional(),
  provides: z.enum(['historyReducer', 'textEmbedder', 'textSplitter']).optional(),
  properties: z.record(identifier, property),
  outputs: outputs.optional(),
  jump: z.enum(['return', 'break', 'continue', 'throw']).optional(),
  returns: identifier.optional(),
})

const connectionSchema = z.looseObject({
  kind: z.string().regex(/^[a-z][a-z0-9-]*$/, {
    error: 'A kind is lower-case letters, digits and hyphens.',
  }),
  title: label,
  icon: z.string(),
  description: label,
  fields: z.record(
    identifier,
    z.looseObject({ kind: z.enum(['text', 'number', 'boolean', 'choice', 'headers']), label }),
  ),
  lookups: z.array(z.enum(['models', 'tables'])),
})

/**
 * What is wrong with the definition of a node that somebody else wrote, in sentences. The compiler
 * tells a TypeScript author the same; this is for whoever loads what is there at run time.
 */
export function nodeDefinitionProblems(value: unknown): readonly string[] {
  const problems = schemaProblems(nodeSchema, value)
  // Past its schema, it has the shape that these look at.
  return problems.length > 0 ? problems : shapeProblems(value as NodeDefinition)
}

/** The same for the definition of a kind of connection. */
export function connectionDefinitionProblems(value: unknown): readonly string[] {
  const problems = schemaProblems(connectionSchema, value)
  return problems.length > 0 ? problems : functionsIn(value as ConnectionDefinition)
}

function schemaProblems(schema: z.ZodType, value: unknown): readonly string[] {
  const { error } = schema.safeParse(value)
  return (error?.issues ?? []).flatMap((issue) =>
    sentencesOf(issue, 1).map(({ sentence, path }) =>
      path.length === 0 ? sentence : `At ${path.join('.')}: ${sentence}`,
    ),
  )
}

function shapeProblems(definition: NodeDefinition): readonly string[] {
  const { kind, exec, provides, properties, returns } = definition
  const blocks = Object.values(exec?.out ?? {}).map(({ block = {} }) => block)
  const variables = [definition.outputs ?? {}, ...blocks].flatMap((one) => Object.values(one))
  return [
    ...(kind === 'resource' && (exec !== undefined || provides === undefined)
      ? ['A resource has "provides" and no "exec".']
      : []),
    ...(kind === 'action' && exec?.in !== true ? ['An action has "exec" with "in: true".'] : []),
    ...(kind === 'trigger' && exec?.in !== false ? ['A trigger has "exec" with "in: false".'] : []),
    ...variables
      .filter(({ nameFrom }) => properties[nameFrom]?.kind !== 'variableName')
      .map(({ nameFrom }) => `"${nameFrom}" names a variable, but is no variableName property.`),
    ...(returns === undefined || Object.hasOwn(properties, returns)
      ? []
      : [`"returns" names "${returns}", and there is no such property.`]),
    ...functionsIn(definition),
  ]
}

/** It travels as JSON, in which a function is lost without a word. */
function functionsIn(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'function') return [`At ${path}: A definition is data, without functions.`]
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    functionsIn(inner, path === '' ? key : `${path}.${key}`),
  )
}
