import { readDeclaredFields, type Flow, type NamedValuesProperty } from '@millrace/flow'
import { useEffect, useState } from 'react'
import { triggerOf } from '../document/trigger-of.ts'
import { readCalledFlow } from '../flows/called-flow.ts'
import type { Suggestion } from '../ui/suggest-field.tsx'
import { useLiteral } from './use-literal.ts'

/** A name that fits; one that is expected is asked for if it is missing. */
export interface NameSuggestion extends Suggestion {
  readonly isExpected: boolean
}

/** The names that somebody may want for the values of a property. */
export function useNameSuggestions(
  nodeId: string,
  { suggests }: NamedValuesProperty,
): readonly NameSuggestion[] {
  const key = typeof suggests === 'object' ? suggests.inputsOfFlow : ''
  const flowId = useLiteral(nodeId, key)
  const [called, setCalled] = useState<{ readonly id: string; readonly flow: Flow }>()
  useEffect(() => {
    if (flowId === undefined) return undefined
    const leaving = new AbortController()
    readCalledFlow(flowId, leaving.signal).then(
      (flow) => flow !== undefined && setCalled({ id: flowId, flow }),
      () => {
        // Suggestions only help; the field of the flow says what is wrong with it.
      },
    )
    return () => leaving.abort()
  }, [flowId])
  if (suggests === 'httpHeaders') return httpHeaders
  return called?.id === flowId && called !== undefined ? inputsOf(called.flow) : none
}

const none: readonly NameSuggestion[] = []

/** What a flow that is called takes: the fields that its trigger declares. */
export function inputsOf(flow: Flow): readonly NameSuggestion[] {
  const fields = readDeclaredFields(triggerOf(flow)?.properties?.['fields'] ?? [])
  return (fields ?? []).map(({ name, type, optional }) => ({
    value: name,
    hint: optional === true ? `${type}, optional` : type,
    isExpected: optional !== true,
  }))
}

const httpHeaders = [
  'Accept',
  'Accept-Language',
  'Authorization',
  'Cache-Control',
  'Content-Type',
  'Idempotency-Key',
  'If-None-Match',
  'User-Agent',
  'X-Api-Key',
  'X-Request-Id',
].map((value): NameSuggestion => ({ value, isExpected: false }))
