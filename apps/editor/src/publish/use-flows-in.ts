import { useEffect, useState } from 'react'
import { listFlows, type FlowSummary } from '../api/flow-list-api.ts'
import type { PublishedEnvironment } from '../api/environments.ts'

/** The ids of the flows that are published to an environment; `undefined` until that is known. */
export function useFlowsIn(environment: PublishedEnvironment): ReadonlySet<string> | undefined {
  const [flows, setFlows] = useState<readonly FlowSummary[] | undefined>()
  useEffect(() => {
    const leaving = new AbortController()
    // It only helps: where it fails, nothing is said of what the flow calls.
    listFlows(leaving.signal).then(setFlows, () => undefined)
    return () => leaving.abort()
  }, [])
  return (
    flows &&
    new Set(
      flows
        .filter(({ published }) => published.some((one) => one.environment === environment))
        .map(({ id }) => id),
    )
  )
}
