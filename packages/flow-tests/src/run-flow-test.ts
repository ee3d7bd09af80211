import {
  checkCode,
  compile,
  createServices,
  runFlow,
  wait,
  type NodePackage,
  type OwnedServices,
  type Plan,
  type Services,
} from '@millrace/engine'
import {
  checkFlow,
  FlowError,
  textOf,
  toFlowError,
  type ErrorShape,
  type ExpectedError,
  type Flow,
  type FlowTest,
  type FlowTestExpectation,
  type JsonValue,
  type Problem,
  type RecordedRequest,
  type Registry,
  type RunEventOf,
} from '@millrace/flow'
import { firstDifference, type Difference } from './compare.ts'
import { Replay } from './replay.ts'
import { stubConnections } from './stub-connection.ts'
import { VirtualClock } from './virtual-clock.ts'

/** What runs a flow's tests. */
export interface TestedFlow {
  readonly flow: Flow
  readonly registry: Registry
  /** Those that the registry is made of, Millrace's own among them. */
  readonly packages: readonly NodePackage[]
  /** `real` plays the delays of recordings and waits; `virtual` waits for nothing. */
  readonly time?: 'virtual' | 'real'
  /** What a test does not replace: the sandbox; other flows are run only where they are given. */
  readonly services?: Pick<Services, 'functions' | 'flows'>
  /** Stops the run of a test, which then fails. */
  readonly signal?: AbortSignal
}

/** How a test went. */
export interface FlowTestResult {
  readonly name: string
  readonly passed: boolean
  /** How long it took, in real milliseconds. */
  readonly ms: number
  /** The first difference of each part of the expectation, of each request, and what was not used. */
  readonly differences: readonly Difference[]
  /** What came out. */
  readonly actual: FlowTestExpectation
  /** What the error of a failed run says, and where. */
  readonly error?: ErrorShape
  /** What was asked of the outside, by node. */
  readonly asked: Readonly<Record<string, readonly RecordedRequest[]>>
  /** How often each node was visited whose outputs the test gives. */
  readonly visits: Readonly<Record<string, number>>
}

/** What came of a run, before it is compared. */
interface Outcome {
  readonly actual: FlowTestExpectation
  readonly error?: ErrorShape
}

/** Runs a flow with what a test gives it, and compares what comes out. Never rejects. */
export async function runFlowTest(tested: TestedFlow, test: FlowTest): Promise<FlowTestResult> {
  const startedAt = performance.now()
  const replay = new Replay(test)
  const { actual, error } = await outcomeOf(tested, test, replay)
  const differences = [...differencesOf(test.expect, actual), ...replay.differences]
  return {
    name: test.name,
    passed: differences.length === 0,
    ms: Math.round(performance.now() - startedAt),
    differences,
    actual,
    ...(error === undefined ? {} : { error }),
    asked: Object.fromEntries(replay.asked),
    visits: Object.fromEntries(replay.visits),
  }
}

/** Runs all tests of a flow, one after another; `onResult` is told of each when it ends. */
export async function runFlowTests(
  tested: TestedFlow,
  tests: readonly FlowTest[],
  onResult: (result: FlowTestResult) => void = () => undefined,
): Promise<readonly FlowTestResult[]> {
  const results: FlowTestResult[] = []
  for (const test of tests) {
    const result = await runFlowTest(tested, test)
    results.push(result)
    onResult(result)
  }
  return results
}

async function outcomeOf(tested: TestedFlow, test: FlowTest, replay: Replay): Promise<Outcome> {
  const { flow, packages } = tested
  // A test of problems looks at the document only.
  if (test.expect.problems !== undefined) return withProblems(await problemsOf(tested))
  let plan: Plan
  try {
    plan = compile(flow, packages)
  } catch (thrown) {
    const error = toFlowError(thrown)
    return { ...withProblems(error.details?.problems ?? []), error: error.toShape() }
  }
  return await runPlan(plan, { tested, test, replay })
}

async function problemsOf({ flow, registry, services }: TestedFlow): Promise<readonly Problem[]> {
  const problems = checkFlow(flow, registry)
  const functions = services?.functions
  return functions === undefined
    ? problems
    : [...problems, ...(await checkCode(flow, registry, functions))]
}

interface TestRun {
  readonly tested: TestedFlow
  readonly test: FlowTest
  readonly replay: Replay
}

async function runPlan(plan: Plan, { tested, test, replay }: TestRun): Promise<Outcome> {
  const services = servicesOf(tested, replay)
  try {
    const run = runFlow(plan, {
      input: test.input ?? {},
      services,
      pinned: replay.pinned,
      ...(tested.signal === undefined ? {} : { signal: tested.signal }),
    })
    const yields: JsonValue[] = []
    for await (const event of run.events()) {
      if (event.type === 'run-yield') yields.push(event.value as JsonValue) // the engine made it JSON
    }
    return outcomeOfRun(yields, await run.end)
  } catch (thrown) {
    const error = toFlowError(thrown).toShape()
    return { actual: { outcome: 'failed', error: placeOf(error) }, error }
  } finally {
    await services.dispose()
  }
}

function outcomeOfRun(yields: readonly JsonValue[], end: RunEventOf<'run-end'>): Outcome {
  const { outcome, error, result } = end
  return {
    actual: {
      outcome: outcome === 'completed' ? 'completed' : 'failed',
      text: yields.map(textOf).join(''),
      yields,
      result: (result ?? null) as JsonValue, // the engine made it JSON
      ...(error === undefined ? {} : { error: placeOf(error) }),
    },
    ...(error === undefined ? {} : { error }),
  }
}

/** The network's edge and the clock of a test; nothing in it reaches a socket. */
function servicesOf(
  { flow, registry, time = 'virtual', services = {} }: TestedFlow,
  replay: Replay,
): OwnedServices {
  const connectionOf = stubConnections(flow, registry)
  const clock = time === 'virtual' ? new VirtualClock() : { now: Date.now, wait }
  let ids = 0
  return createServices({
    flows: { start: ({ flowId }) => Promise.reject(flowNotRun(flowId)) },
    ...services,
    connections: { get: async (id) => connectionOf(id) },
    exchanges: replay,
    now: clock.now,
    wait: clock.wait,
    newId: () => `run-${(ids += 1)}`,
  })
}

/** [T2] Another flow may reach anything. */
function flowNotRun(flowId: string): FlowError {
  return new FlowError(
    'recording_missing',
    `A test does not run another flow, such as "${flowId}". Give the outputs of the node in the test, or record the test again.`,
  )
}

function withProblems(problems: readonly Problem[]): Outcome {
  const errors = problems.filter(({ severity }) => severity === 'error')
  return {
    actual: {
      problems: errors.map(({ code, nodeId, property }) => ({
        code,
        ...(nodeId === undefined ? {} : { node: nodeId }),
        ...(property === undefined ? {} : { property }),
      })),
    },
  }
}

function placeOf({ code, nodeId, property }: ErrorShape): ExpectedError {
  return {
    code,
    ...(nodeId === undefined ? {} : { node: nodeId }),
    ...(property === undefined ? {} : { property }),
  }
}

/** The parts of an expectation, in the order in which they are told. */
const parts = ['outcome', 'error', 'problems', 'text', 'yields', 'result'] as const

function differencesOf(
  expect: FlowTestExpectation,
  actual: FlowTestExpectation,
): readonly Difference[] {
  const wanted = withOutcome(expect)
  return parts.flatMap((part) => {
    const expected = wanted[part] as JsonValue | undefined // each part is JSON
    if (expected === undefined && part !== 'problems') return []
    const named = part === 'error' ? onlyNamed(actual.error, expect.error) : actual[part]
    return firstDifference(expected, named as JsonValue | undefined, part) ?? []
  })
}

/** A test that says nothing of an error expects that there is none. */
function withOutcome(expect: FlowTestExpectation): FlowTestExpectation {
  if (expect.problems !== undefined) return expect
  return { outcome: expect.error === undefined ? 'completed' : 'failed', ...expect }
}

/** Of an error only that is compared which the test names. */
function onlyNamed(
  actual: ExpectedError | undefined,
  expected: ExpectedError | undefined,
): ExpectedError | undefined {
  if (actual === undefined) return undefined
  const { code, node, property } = actual
  return {
    code,
    ...(expected?.node === undefined || node === undefined ? {} : { node }),
    ...(expected?.property === undefined || property === undefined ? {} : { property }),
  }
}
