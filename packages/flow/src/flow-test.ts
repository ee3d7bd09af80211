import { z } from 'zod'
import { maxTextLength } from './flow-limits.ts'
import { identifier, json } from './flow.ts'
import { isSlug } from './name.ts'

/**
 * The file of a flow's tests, kept beside the flow. The schema here is the single source: its types,
 * its JSON Schema and its checks. `serializeFlowTests` gives its one canonical text.
 */

const text = z.string().max(maxTextLength)
const milliseconds = z.number().min(0)
const bytes = z.union(
  [text, z.strictObject({ base64: z.base64().max(maxTextLength) }).readonly()],
  {
    error: 'Here should be text, or {"base64": …}.',
  },
)
const headers = z
  .record(
    z.string(),
    z.union([text, z.array(text).readonly()], {
      error: 'Here should be text, or a list of texts.',
    }),
  )
  .readonly()

const recordedRequestSchema = z
  .strictObject({
    method: z.string().max(20),
    /** The path with its query. */
    path: text,
    /** JSON as its value, anything else as text; left out where there was none. */
    body: json.exactOptional(),
  })
  .readonly()

const recordedExchangeSchema = z
  .strictObject({
    request: recordedRequestSchema,
    /** Left out where the connection broke before any answer. */
    status: z.int().min(200).max(999).exactOptional(),
    headers: headers.exactOptional(),
    /** Each piece as the network gave it, after so many milliseconds from the request. */
    pieces: z
      .array(z.tuple([milliseconds, bytes]).readonly())
      .max(100_000)
      .readonly(),
    /** The connection broke after the last piece. */
    cut: z.boolean().exactOptional(),
  })
  .readonly()

const expectedErrorSchema = z
  .strictObject({
    code: z.string().max(64),
    node: identifier.exactOptional(),
    property: identifier.exactOptional(),
  })
  .readonly()

const expectationSchema = z
  .strictObject({
    outcome: z.enum(['completed', 'failed']).exactOptional(),
    /** What a chat client shows of the yields. */
    text: text.exactOptional(),
    /** Everything that is yielded, in order. */
    yields: z.array(json).max(100_000).readonly().exactOptional(),
    result: json.exactOptional(),
    error: expectedErrorSchema.exactOptional(),
    /** The errors of a flow that must not run. */
    problems: z.array(expectedErrorSchema).max(1000).readonly().exactOptional(),
  })
  .readonly()

const flowTestSchema = z
  .strictObject({
    name: text.min(1),
    input: json.exactOptional(),
    /** What answers the requests of a node, in the order in which it asks. */
    recordings: z
      .record(identifier, z.array(recordedExchangeSchema).max(1000).readonly())
      .readonly()
      .exactOptional(),
    /** The outputs of a node at each of its visits, by their keys: it does not run. */
    outputs: z
      .record(identifier, z.array(z.record(identifier, json).readonly()).max(10_000).readonly())
      .readonly()
      .exactOptional(),
    expect: expectationSchema,
  })
  .readonly()

export const flowTestsSchema = z
  .strictObject({
    $schema: z.string().exactOptional(),
    format: z.literal('millrace/flow-test'),
    version: z.literal(1),
    /** The id of the flow, or the path of its file from this one. */
    flow: text.refine((flow) => isSlug(flow) || flow.endsWith('.json'), {
      error: 'Here should be the id of a flow, or the path of its file, which ends in ".json".',
    }),
    tests: z.array(flowTestSchema).max(1000).readonly(),
  })
  .readonly()

/** The tests of one flow, as they are kept. */
export interface FlowTests extends z.infer<typeof flowTestsSchema> {}
/** One run of the flow: what it is given, what the outside answers, what must come out. */
export interface FlowTest extends z.infer<typeof flowTestSchema> {}
/** What must come out; what it does not name may be anything. `{"$any": true}` in it fits any value. */
export interface FlowTestExpectation extends z.infer<typeof expectationSchema> {}
export interface ExpectedError extends z.infer<typeof expectedErrorSchema> {}
/** One attempt of a call over HTTP, as it went. */
export interface RecordedExchange extends z.infer<typeof recordedExchangeSchema> {}
/** What was asked: no headers, no secrets. */
export interface RecordedRequest extends z.infer<typeof recordedRequestSchema> {}
/** Bytes as text where they are UTF-8. */
export type RecordedBytes = z.infer<typeof bytes>

/** The tests of a flow that has none. */
export function noTests(flow: string): FlowTests {
  return { format: 'millrace/flow-test', version: 1, flow, tests: [] }
}

/** A name that none of the tests has: the wanted one, or that with a number. */
export function uniqueTestName(wanted: string, tests: readonly FlowTest[]): string {
  const taken = new Set(tests.map(({ name }) => name))
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted} (${number})`
    if (!taken.has(name)) return name
  }
}
