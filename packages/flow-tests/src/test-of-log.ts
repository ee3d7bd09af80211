import {
  connectionUses,
  textOf,
  titleOf,
  visitsOf,
  type Flow,
  type FlowNode,
  type FlowTest,
  type FlowTestExpectation,
  type JsonValue,
  type RecordedExchange,
  type Registry,
  type RunEvent,
  type RunVisit,
  type RunVisits,
} from '@millrace/flow'
import { withoutKnown, withoutSecretValues } from './redact.ts'
import { failedIn, passesOn, unfit } from './unfit.ts'
import { expectationOf, givenOutputs, wholeRun } from './what-came-out.ts'

/** A run as its log tells it: the bytes of the network are not in it. */
export interface LoggedRun {
  /** What ran. */
  readonly flow: Flow
  readonly registry: Registry
  readonly events: readonly RunEvent[]
  /** Those of the connections that the run may have opened. */
  readonly secrets: ReadonlySet<string>
  /**
   * What the outside would have to answer for a visit to go as it went; `undefined` where the log, or
   * the type of the node, does not tell.
   */
  readonly exchangeOf: (type: string, visit: RunVisit) => RecordedExchange | undefined
}

/**
 * [T12] The test that a run of the history makes. Throws `input_invalid` for a run of which none can
 * be made, and says why.
 */
export function testOfLog(name: string, run: LoggedRun): FlowTest {
  const { start, end } = wholeRun(run.events)
  const asking = askingNodes(run, visitsOf(run.events))
  const streamed = asking.filter(({ visits }) => visits.some(ranBlock))
  const recordings = streamed.map((asked) => [asked.node.id, exchangesOf(run, asked)] as const)
  const outputs = asking
    .filter((asked) => !streamed.includes(asked))
    .map((asked) => [asked.node.id, outputsOf(run, asked)] as const)
  const expect = expectationOf(run.events, end)
  const test: FlowTest = {
    name,
    ...(start.input === undefined ? {} : { input: withoutSecretValues(start.input as JsonValue) }), // it came as JSON
    ...(recordings.length === 0 ? {} : { recordings: Object.fromEntries(recordings) }),
    ...(outputs.length === 0 ? {} : { outputs: Object.fromEntries(outputs) }),
    expect: recordings.length === 0 ? expect : asText(expect),
  }
  return withoutKnown(test, run.secrets)
}

/** A node of which a test has to know what it got from outside. */
interface AskingNode {
  readonly node: FlowNode
  readonly visits: readonly RunVisit[]
  /** Something was asked by a resource that is attached to it. */
  readonly asksByResource: boolean
}

/** The nodes that asked the outside, by themselves or by a resource. */
function askingNodes({ flow, registry }: LoggedRun, visits: RunVisits): readonly AskingNode[] {
  const reaching = new Set(connectionUses(flow, registry).map(({ node }) => node.id))
  const asked = [...visits.all.values()].filter(
    ({ calls, nodeId }) => calls.length > 0 || reaching.has(nodeId ?? ''),
  )
  const hosts = Map.groupBy(asked, (visit) => hostOf(visit, visits).nodeId)
  return flow.nodes.flatMap((node) => {
    const by = hosts.get(node.id)
    if (by === undefined) return []
    const own = visits.ofNode.get(node.id) ?? []
    return [{ node, visits: own, asksByResource: by.some(({ nodeId }) => nodeId !== node.id) }]
  })
}

/** The visit itself, or of a resource the one that called it; that of a node in a block has a port. */
function hostOf(visit: RunVisit, visits: RunVisits): RunVisit {
  const host =
    visit.parent === undefined || visit.port !== undefined
      ? undefined
      : visits.all.get(visit.parent)
  return host === undefined ? visit : hostOf(host, visits)
}

/** What a block did is not among the outputs of the node that ran it. */
function ranBlock({ blocks, yields }: RunVisit): boolean {
  return blocks.size > 0 || yields.length > 0
}

/** Throws for visits of which a test cannot take the place. */
function expectRecorded(run: LoggedRun, { node, visits }: AskingNode): void {
  if (visits.some(({ status }) => status !== 'completed' && status !== 'skipped')) {
    throw failedIn(titleIn(run, node))
  }
  if (visits.some(({ status, outputs }) => status === 'completed' && outputs === undefined)) {
    throw unfit(
      `What "${titleIn(run, node)}" got in this run was not recorded, so a test could not give it. Choose "Everything" in the flow's settings, or run it in the designer, and make a test of the next run.`,
    )
  }
}

function outputsOf(run: LoggedRun, asked: AskingNode) {
  const { node, visits } = asked
  expectRecorded(run, asked)
  const definition = run.registry.nodes.get(node.type)
  return visits.map(({ outputs }) => givenOutputs(node, definition, outputs))
}

function exchangesOf(run: LoggedRun, asked: AskingNode): readonly RecordedExchange[] {
  const { node, visits, asksByResource } = asked
  if (visits.some(({ yields }) => yields.length > 0)) throw passesOn(titleIn(run, node))
  expectRecorded(run, asked)
  const exchanges = visits.flatMap((visit) => run.exchangeOf(node.type, visit) ?? [])
  if (exchanges.length === visits.length && !asksByResource) return exchanges
  throw unfit(
    `"${titleIn(run, node)}" ran a block with what it got from outside, of which the log does not hold every byte. Run the flow in the designer with the same input, and make the test of that run.`,
  )
}

function titleIn({ registry }: LoggedRun, node: FlowNode): string {
  return titleOf(node, registry.nodes.get(node.type))
}

/** How a stream was cut into messages is not in the log, so what they say together is compared. */
function asText({ yields, ...expect }: FlowTestExpectation): FlowTestExpectation {
  return { ...expect, text: (yields ?? []).map(textOf).join('') }
}
