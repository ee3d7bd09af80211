import { z } from 'zod'
import { maxNodes, maxTextLength } from './flow-limits.ts'
import type { JsonValue } from './json.ts'
import { isIdentifier, isSlug } from './name.ts'
import { noteColours } from './note-colours.ts'
import { isTag, maxTagLength, maxTags, tagKey } from './tags.ts'

/**
 * The saved document. It holds only what a designer set; `serializeFlow` gives its one canonical
 * text. The schema here is the single source: its types, its JSON Schema and its checks.
 */

/** The name of a node, a property or a variable. */
export const identifier = z
  .string()
  .refine(isIdentifier, {
    error:
      'A name starts with a letter and holds letters, digits and _ only, at most 64 characters; "prototype" and "constructor" are refused.',
  })
  .meta({ pattern: '^(?!(?:prototype|constructor)$)[A-Za-z][A-Za-z0-9_]*$', maxLength: 64 })

const slug = z
  .string()
  .refine(isSlug, {
    error:
      'An id holds lower-case letters, digits and hyphens only, starts with a letter or digit, and has at most 64 characters.',
  })
  .meta({ pattern: '^(?!(?:prototype|constructor)$)[a-z0-9][a-z0-9-]*$', maxLength: 64 })

/** At most this many edges, attachments or notes in a flow. */
const maxParts = 10_000
/** At most this many variables in a flow. */
const maxVariables = 1000

const text = z.string().max(maxTextLength)
/** Any JSON with texts that are not too long. */
export const json: z.ZodType<JsonValue> = z.json().refine(hasOnlyShortTexts, {
  error: `A text has at most ${maxTextLength.toLocaleString('en')} characters.`,
})
const coordinate = z.number().min(-1e6).max(1e6)

const flowVariableSchema = z
  .strictObject({
    name: identifier,
    type: z.enum(['text', 'number', 'boolean', 'list', 'record', 'any']),
    value: json.exactOptional(),
    description: text.exactOptional(),
  })
  .readonly()

const flowNodeSchema = z
  .strictObject({
    id: identifier,
    type: z
      .string()
      .max(130)
      .regex(/^[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$/, {
        error: 'A node type reads "system.name", such as "openai.streamingChatCompletion".',
      }),
    version: z.int().min(1).exactOptional(),
    title: text.exactOptional(),
    description: text.exactOptional(),
    disabled: z.boolean().exactOptional(),
    properties: z.record(identifier, json).readonly().exactOptional(),
  })
  .readonly()

const port = z.string().min(1).max(130)

const edgeSchema = z
  .strictObject({
    from: z.tuple([identifier, port]).readonly(),
    to: identifier,
  })
  .readonly()

const attachmentSchema = z
  .strictObject({
    host: z.tuple([identifier, port]).readonly(),
    resource: identifier,
  })
  .readonly()

const noteSchema = z
  .strictObject({
    id: identifier,
    kind: z.literal('frame').exactOptional(),
    text,
    colour: z.enum(noteColours).exactOptional(),
    position: z.tuple([coordinate, coordinate]).readonly(),
    size: z.tuple([coordinate, coordinate]).readonly().exactOptional(),
  })
  .readonly()

const layoutSchema = z
  .strictObject({
    nodes: z
      .record(identifier, z.tuple([coordinate, coordinate]).readonly())
      .readonly()
      .exactOptional(),
    notes: z.array(noteSchema).max(maxParts).readonly().exactOptional(),
  })
  .readonly()

/**
 * How many runs of the flow are kept, and for how many days, at most: a server may keep fewer of all
 * flows. Runs that go on are kept anyway.
 */
const keepRunsSchema = z
  .strictObject({
    runs: z.int().min(1).max(1_000_000).exactOptional(),
    days: z.int().min(1).max(3650).exactOptional(),
  })
  .readonly()

const settingsSchema = z
  .strictObject({
    onDisconnect: z.enum(['cancel', 'grace', 'finish']).exactOptional(),
    timeoutSeconds: z.int().min(1).max(28_800).exactOptional(),
    trace: z.enum(['summary', 'full', 'fullOnFailure']).exactOptional(),
    keepRuns: keepRunsSchema.exactOptional(),
    /** The flow that gets what its users think of its answers. */
    feedbackFlow: slug.exactOptional(),
  })
  .readonly()

const tagsSchema = z
  .array(
    z
      .string()
      .refine(isTag, {
        error: `A tag has 1 to ${maxTagLength} characters, with no space before, behind, or twice inside.`,
      })
      .meta({ pattern: '^\\S+(?: \\S+)*$', maxLength: maxTagLength }),
  )
  .max(maxTags)
  .refine((tags) => new Set(tags.map(tagKey)).size === tags.length, {
    error: 'A tag is given twice. Upper and lower case are the same.',
  })
  .readonly()

export const flowSchema = z
  .strictObject({
    $schema: z.string().exactOptional(),
    format: z.literal('millrace/flow'),
    version: z.literal(1),
    id: slug,
    name: text.min(1),
    description: text.exactOptional(),
    /** What designers find it by; no run can tell. */
    tags: tagsSchema.exactOptional(),
    variables: z.array(flowVariableSchema).max(maxVariables).readonly().exactOptional(),
    nodes: z.array(flowNodeSchema).max(maxNodes).readonly(),
    edges: z.array(edgeSchema).max(maxParts).readonly(),
    attachments: z.array(attachmentSchema).max(maxParts).readonly().exactOptional(),
    layout: layoutSchema.exactOptional(),
    settings: settingsSchema.exactOptional(),
  })
  .readonly()

/** A flow document of the current version, well formed but possibly unfinished. */
export interface Flow extends z.infer<typeof flowSchema> {}
/** A variable of the whole flow, visible everywhere; *Set variable* assigns it. */
export interface FlowVariable extends z.infer<typeof flowVariableSchema> {}
export interface FlowNode extends z.infer<typeof flowNodeSchema> {}
/** An execution edge, from a node's named exec-out to another node's exec-in. */
export interface Edge extends z.infer<typeof edgeSchema> {}
/** Gives a host node's attachment port a resource node. */
export interface Attachment extends z.infer<typeof attachmentSchema> {}
/**
 * A note on the canvas, or a frame around a part of it: what lies wholly in a frame belongs to it. The
 * text of a note is Markdown, that of a frame its title. Positions and sizes are in canvas pixels.
 */
export interface Note extends z.infer<typeof noteSchema> {}
export interface Layout extends z.infer<typeof layoutSchema> {}
/** How a run of the flow behaves. Defaults: grace, 300 seconds, summary, kept as the server does. */
export interface FlowSettings extends z.infer<typeof settingsSchema> {}
function hasOnlyShortTexts(value: JsonValue): boolean {
  if (typeof value === 'string') return value.length <= maxTextLength
  if (typeof value !== 'object' || value === null) return true
  return Object.values(value).every(hasOnlyShortTexts)
}
