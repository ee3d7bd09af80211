import type { NodePackage } from '@millrace/engine'
import {
  FlowError,
  noTests,
  parseFlow,
  parseFlowTests,
  serializeFlowTests,
  type Flow,
  type FlowTests,
  type Problem,
  type Registry,
} from '@millrace/flow'
import { runFlowTests, updatedTest, whyNotUpdated, type FlowTestResult } from '@millrace/flow-tests'
import type { Response } from 'express'
import { z } from 'zod'
import { valueOfJson } from '../database/read-json.ts'
import type { FlowStore } from '../flows/flow-store.ts'
import { readStored, unreadableError } from '../flows/read-document.ts'
import { ofFlows } from '../http/limits.ts'
import { requiredRevision, tagOf } from '../http/revision.ts'
import { defineRoute, paramOf, type Call, type Route } from '../http/route.ts'
import { whileWaited } from '../http/while-waited.ts'
import type { RuntimeLoader } from '../runtime.ts'
import type { FlowTestStore } from './flow-test-store.ts'
import type { TestOfRun } from './create-test-of-run.ts'

interface Options {
  readonly tests: FlowTestStore
  readonly flows: FlowStore
  readonly testOfRun: TestOfRun
  readonly runtime: Pick<RuntimeLoader, 'load'>
  readonly loadPackages: () => Promise<readonly NodePackage[]>
  readonly registry: Registry
}

/** A file of tests holds recordings, so it may be as large as some flows together. */
const maxTestsBytes = ofFlows(4)

const testsAnswer = {
  description: 'The tests in their canonical text; their revision is the ETag, "0" of none.',
  schema: z.looseObject({ format: z.string(), version: z.number(), tests: z.array(z.unknown()) }),
}

const runBody = z.object({
  /** A document that need not be stored; the stored one when not given. */
  flow: z.unknown().optional(),
  /** Only the tests of these names. */
  names: z.array(z.string()).optional(),
})
type RunBody = z.infer<typeof runBody>

const resultSchema = z.looseObject({
  name: z.string(),
  passed: z.boolean(),
  ms: z.number(),
  differences: z.array(
    z.object({ at: z.string(), expected: z.unknown().optional(), actual: z.unknown().optional() }),
  ),
})

/** The tests of flows, kept beside them, and run on the server. */
export function flowTestRoutes(options: Options): readonly Route[] {
  const { tests, flows, testOfRun, runtime, loadPackages, registry } = options

  async function findFlow(id: string): Promise<{ readonly id: string; readonly text: string }> {
    const flow = await flows.find(id)
    if (flow === undefined) throw new FlowError('not_found', `There is no flow "${id}".`)
    return flow
  }

  /** Runs the stored tests of a flow. Throws `cancelled` when their caller leaves. */
  async function runStored(
    { id, text }: { readonly id: string; readonly text: string },
    { body, response }: Pick<Call<RunBody, unknown>, 'body' | 'response'>,
  ): Promise<{
    readonly kept: FlowTests
    readonly revision: number
    readonly results: readonly FlowTestResult[]
  }> {
    const flow = body.flow === undefined ? readFlow({ id, text }) : readBody(body.flow)
    const stored = await tests.find(id)
    const kept = readKept(id, stored)
    const { services } = await runtime.load()
    const packages = await loadPackages()
    const signal = whileWaited(response)
    const results = await runFlowTests(
      {
        flow,
        registry,
        packages,
        services: { functions: services.functions },
        signal,
      },
      kept.tests.filter(({ name }) => body.names?.includes(name) ?? true),
    )
    // What was stopped in the middle says nothing of the flow.
    signal.throwIfAborted()
    return { kept, revision: stored?.revision ?? 0, results }
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/flows/:id/tests',
      caller: 'operator',
      summary: 'Reads the tests of a flow; one that has none answers an empty list.',
      answers: { 200: testsAnswer },
      async handle({ response, ...call }) {
        const { id } = await findFlow(paramOf(call, 'id'))
        const stored = await tests.find(id)
        sendTests(response, stored ?? { text: serializeFlowTests(noTests(id)), revision: 0 })
      },
    }),

    defineRoute({
      method: 'put',
      path: '/api/flows/:id/tests',
      caller: 'operator',
      ifMatch: 'required',
      summary:
        'Saves the tests of a flow over the revision in If-Match; a stale one is a conflict.',
      body: { schema: z.unknown(), maxBytes: maxTestsBytes },
      answers: { 200: testsAnswer },
      async handle({ request, response, body, ...call }) {
        const { id } = await findFlow(paramOf(call, 'id'))
        const basedOn = requiredRevision(request)
        const text = serializeFlowTests({ ...readTests(body), flow: id })
        sendTests(response, await tests.save(id, { text, basedOn }))
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/flows/:id/tests/run',
      caller: 'operator',
      summary: 'Runs tests of a flow, stored or not, and answers how they went.',
      body: { schema: runBody, maxBytes: ofFlows(1) },
      answers: {
        200: {
          description: 'A result for each test, in their order.',
          schema: z.object({ results: z.array(resultSchema) }),
        },
      },
      async handle({ body, response, ...call }) {
        const stored = await findFlow(paramOf(call, 'id'))
        const { results } = await runStored(stored, { body, response })
        response.json({ results })
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/flows/:id/tests/accept',
      caller: 'operator',
      summary: 'Runs tests of a flow and makes what comes out what they expect.',
      body: { schema: runBody, maxBytes: ofFlows(1) },
      answers: { 200: testsAnswer },
      async handle({ body, response, ...call }) {
        const flow = await findFlow(paramOf(call, 'id'))
        const { kept, revision, results } = await runStored(flow, { body, response })
        const accepted = kept.tests.map((test) => {
          const result = results.find(({ name }) => name === test.name)
          if (result === undefined || result.passed) return test
          const updated = updatedTest(test, result)
          if (updated !== undefined) return updated
          throw new FlowError(
            result.error?.code ?? 'recording_missing',
            `The test "${test.name}" ${whyNotUpdated(result)}.`,
          )
        })
        const text = serializeFlowTests({ ...kept, tests: accepted })
        sendTests(response, await tests.save(flow.id, { text, basedOn: revision }))
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/runs/:id/test',
      caller: 'operator',
      summary: 'Answers the test that a run makes, without storing it.',
      query: z.object({ name: z.string().min(1).max(200).describe('What the test is called.') }),
      answers: {
        200: {
          description: 'One test: its input, what the outside answered, what came out.',
          schema: z.looseObject({ name: z.string(), expect: z.unknown() }),
        },
      },
      async handle({ query, response, ...call }) {
        response.json(await testOfRun(paramOf(call, 'id'), query.name))
      },
    }),
  ]
}

function sendTests(
  response: Response,
  { text, revision }: { readonly text: string; readonly revision: number },
): void {
  response.setHeader('ETag', tagOf(revision))
  response.setHeader('Cache-Control', 'no-cache')
  response.type('json').send(text)
}

function readTests(body: unknown): FlowTests {
  const parsed = parseFlowTests(body)
  if (parsed.status === 'tests') return parsed.tests
  throw malformed('These are no tests of a flow.', parsed.problems)
}

/** What was stored was checked then; what was damaged since is answered as such. */
function readKept(flowId: string, stored: { readonly text: string } | undefined): FlowTests {
  return stored === undefined ? noTests(flowId) : readTests(valueOfJson(stored.text))
}

function readFlow(stored: { readonly id: string; readonly text: string }): Flow {
  const read = readStored(stored.text)
  if (read.status === 'flow') return read.flow
  throw unreadableError(stored, read.status === 'unreadable' ? read.problems : [])
}

function readBody(body: unknown): Flow {
  const parsed = parseFlow(body)
  if (parsed.status === 'flow') return parsed.flow
  const problems = parsed.status === 'malformed' ? parsed.problems : []
  throw malformed('This is not a flow document that can run here.', problems)
}

function malformed(what: string, problems: readonly Problem[]): FlowError {
  const [first] = problems
  const more = problems.length > 1 ? ` And ${problems.length - 1} more.` : ''
  return new FlowError('bad_request', `${what} ${first?.message ?? ''}${more}`.trimEnd(), {
    details: { problems },
  })
}
