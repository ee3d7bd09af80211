import { ownValue, type FlowTest, type FlowTestExpectation } from '@millrace/flow'
import type { FlowTestResult } from './run-flow-test.ts'

/** Why what came out cannot be expected, and what to do, as the end of a sentence about the test. */
export function whyNotUpdated({ error }: FlowTestResult): string | undefined {
  if (error?.code === 'recording_missing') return 'lacks a recording. Record it again'
  // Nothing ran, so all that was recorded would be taken for unused.
  if (error?.code === 'flow_invalid') return 'did not run, as its flow has problems. Mend the flow'
  return undefined
}

/**
 * The test as it passes: what came out is expected, and recordings answer what is asked now. Parts
 * that did not differ stay as they are written; what was recorded and not used is gone. `undefined`
 * where `whyNotUpdated` has a reason.
 */
export function updatedTest(test: FlowTest, result: FlowTestResult): FlowTest | undefined {
  if (whyNotUpdated(result) !== undefined) return undefined
  const { recordings, outputs, ...rest } = test
  const kept = Object.entries(recordings ?? {}).flatMap(([nodeId, list]) => {
    const asked = ownValue(result.asked, nodeId) ?? []
    const exchanges = list
      .slice(0, asked.length)
      .map((exchange, index) => ({ ...exchange, request: asked[index] ?? exchange.request }))
    return exchanges.length === 0 ? [] : [[nodeId, exchanges] as const]
  })
  const used = Object.entries(outputs ?? {}).flatMap(([nodeId, list]) => {
    const taken = list.slice(0, result.visits[nodeId] ?? 0)
    return taken.length === 0 ? [] : [[nodeId, taken] as const]
  })
  return {
    ...rest,
    ...(kept.length === 0 ? {} : { recordings: Object.fromEntries(kept) }),
    ...(used.length === 0 ? {} : { outputs: Object.fromEntries(used) }),
    expect: updatedExpectation(test.expect, result),
  }
}

function updatedExpectation(
  expect: FlowTestExpectation,
  { actual, differences }: FlowTestResult,
): FlowTestExpectation {
  const hasChanged = (part: keyof FlowTestExpectation) =>
    differences.some(
      ({ at }) => at === part || at.startsWith(`${part}.`) || at.startsWith(`${part}[`),
    )
  const changed = (Object.keys(actual) as (keyof FlowTestExpectation)[]).filter(hasChanged) // its own keys
  const gone = (Object.keys(expect) as (keyof FlowTestExpectation)[]).filter(
    (part) => actual[part] === undefined && hasChanged(part),
  )
  return Object.fromEntries(
    Object.entries({
      ...expect,
      ...Object.fromEntries(changed.map((part) => [part, actual[part]])),
    }).filter(([part]) => !gone.some((one) => one === part)),
  )
}
