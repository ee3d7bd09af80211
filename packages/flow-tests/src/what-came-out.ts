import {
  outputsOf,
  type FlowTestExpectation,
  type JsonValue,
  type FlowNode,
  type NodeDefinition,
  type RunEvent,
  type RunEventOf,
} from '@millrace/flow'
import { withoutSecretValues } from './redact.ts'
import { unfit } from './unfit.ts'

/** The start and the end of a run of a whole flow that ended by itself. Throws `input_invalid` for another one. */
export function wholeRun(events: readonly RunEvent[]): {
  readonly start: RunEventOf<'run-start'>
  readonly end: RunEventOf<'run-end'>
} {
  const start = events.find((event) => event.type === 'run-start')
  const end = events.find((event) => event.type === 'run-end')
  if (start === undefined || end === undefined || isCutShort(end)) {
    throw unfit('The run did not end by itself. Run the flow again, to its end.')
  }
  if (start.pinned !== undefined || end.until !== undefined) {
    throw unfit('The run was of a part of the flow. Run all of it, without pins.')
  }
  return { start, end }
}

function isCutShort({ outcome }: RunEventOf<'run-end'>): boolean {
  return outcome === 'cancelled' || outcome === 'interrupted'
}

/** The outputs of one visit as a test gives them: by their keys, without secrets. */
export function givenOutputs(
  node: FlowNode,
  definition: NodeDefinition | undefined,
  outputs: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, JsonValue>> {
  const variables = definition === undefined ? [] : outputsOf(definition, node)
  return Object.fromEntries(
    variables.map(({ key, name }) => [
      key,
      withoutSecretValues((outputs?.[name] ?? null) as JsonValue), // events are JSON
    ]),
  )
}

/** What came out of a run, as what a test expects. */
export function expectationOf(
  events: readonly RunEvent[],
  { outcome, result, error }: RunEventOf<'run-end'>,
): FlowTestExpectation {
  // The engine made them JSON.
  const yields = events.flatMap((event) =>
    event.type === 'run-yield' ? [withoutSecretValues(event.value as JsonValue)] : [],
  )
  if (outcome === 'failed') {
    const { code, nodeId } = error ?? { code: 'internal' }
    return {
      outcome: 'failed',
      ...(yields.length === 0 ? {} : { yields }),
      error: { code, ...(nodeId === undefined ? {} : { node: nodeId }) },
    }
  }
  return {
    outcome: 'completed',
    ...(yields.length === 0 ? {} : { yields }),
    ...(result === undefined || result === null
      ? {}
      : { result: withoutSecretValues(result as JsonValue) }), // the same
  }
}
