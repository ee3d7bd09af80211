import {
  isRecord,
  parseFlowTests,
  type ErrorShape,
  type Flow,
  type FlowTest,
  type FlowTestExpectation,
  type FlowTests,
  type JsonValue,
} from '@millrace/flow'
import { ApiError } from './api-error.ts'
import { request, type Answer } from './request.ts'

/** The tests of a flow on the server, with the revision that the next change starts from. */
export interface StoredTests {
  readonly tests: FlowTests
  readonly revision: string
}

/** One place in which what came out is not what was expected. */
export interface TestDifference {
  /** Such as `yields[3].content`. */
  readonly at: string
  readonly expected?: JsonValue
  readonly actual?: JsonValue
}

/** How a test went. */
export interface TestResult {
  readonly name: string
  readonly passed: boolean
  /** Real milliseconds. */
  readonly ms: number
  readonly differences: readonly TestDifference[]
  readonly actual: FlowTestExpectation
  /** Why the run failed, if it did. */
  readonly error?: ErrorShape
}

/** A run of tests may take as long as a run of a flow. */
const runTestsMs = 5 * 60_000

export async function readTests(flowId: string, signal?: AbortSignal): Promise<StoredTests> {
  return stored(await request(pathOf(flowId), signal === undefined ? {} : { signal }))
}

/** Replaces the tests of a flow; a stale `revision` is a `conflict`. */
export async function saveTests(
  flowId: string,
  { tests, revision }: StoredTests,
): Promise<StoredTests> {
  return stored(await request(pathOf(flowId), { method: 'PUT', body: tests, ifMatch: revision }))
}

/** Runs stored tests, all of them or those named, on a document that need not be stored. */
export async function runTests(
  flow: Flow,
  names: readonly string[] | undefined,
): Promise<readonly TestResult[]> {
  const { body } = await request(`${pathOf(flow.id)}/run`, {
    method: 'POST',
    body: { flow, ...(names === undefined ? {} : { names }) },
    timeoutMs: runTestsMs,
  })
  const results = isRecord(body) ? body['results'] : undefined
  if (!Array.isArray(results)) throw unreadable()
  return results as readonly TestResult[] // our own server of the same build
}

/** Makes what comes out of a test what it expects, on a document that need not be stored. */
export async function acceptTest(flow: Flow, name: string): Promise<StoredTests> {
  const answer = await request(`${pathOf(flow.id)}/accept`, {
    method: 'POST',
    body: { flow, names: [name] },
    timeoutMs: runTestsMs,
  })
  return stored(answer)
}

/** The test that a run of this designer makes. */
export async function readTestOfRun(runId: string, name: string): Promise<FlowTest> {
  const query = new URLSearchParams({ name })
  const { body } = await request(`/runs/${encodeURIComponent(runId)}/test?${query.toString()}`)
  return body as FlowTest // our own server of the same build; saving checks it
}

function pathOf(flowId: string): string {
  return `/flows/${encodeURIComponent(flowId)}/tests`
}

function stored({ body, revision }: Answer): StoredTests {
  const parsed = parseFlowTests(body)
  if (parsed.status === 'malformed' || revision === undefined) throw unreadable()
  return { tests: parsed.tests, revision }
}

function unreadable(): ApiError {
  return new ApiError(
    'unreadable',
    'The server’s answer holds no tests. The editor and the server are perhaps of different versions: reload the page.',
  )
}
