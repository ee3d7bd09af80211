import { useMemo } from 'react'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { useLastValues, type LastValues } from '../properties/last-values.ts'
import { valuesOfTestData } from './known-values.ts'

const selectFlow = ({ flow }: DocumentState) => flow

/** What variables held in the last run, or else would hold in one with the flow's test data. */
export function useKnownValues(nodeId: string): LastValues {
  const flow = useDocument(selectFlow)
  const lastValues = useLastValues(nodeId)
  return useMemo(() => new Map([...valuesOfTestData(flow), ...lastValues]), [flow, lastValues])
}
