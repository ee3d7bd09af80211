import { readDeclaredFields, type Flow, type NamedValuesProperty } from '@millrace/flow'
import { useEffect, useMemo, useState } from 'react'
import { triggerOf } from '../document/trigger-of.ts'
import { readStoredFlow } from '../flows/read-stored-flow.ts'
import type { Suggestion } from '../ui/suggest-field.tsx'
import { namesInCode } from './names-in-code.ts'
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
  const flowId = useLiteral(nodeId, keyIn(suggests, 'inputsOfFlow'))
  const code = useLiteral(nodeId, keyIn(suggests, 'namesInCode'))
  const inCode = useMemo(() => (code === undefined ? none : namesUsedIn(code)), [code])
  const [called, setCalled] = useState<{ readonly id: string; readonly flow: Flow }>()
  useEffect(() => {
    if (flowId === undefined) return undefined
    const leaving = new AbortController()
    readStoredFlow(flowId, leaving.signal).then(
      (flow) => flow !== undefined && setCalled({ id: flowId, flow }),
      () => {
        // Suggestions only help; the field of the flow says what is wrong with it.
      },
    )
    return () => leaving.abort()
  }, [flowId])
  if (suggests === 'httpHeaders') return httpHeaders
  if (code !== undefined) return inCode
  return called?.id === flowId && called !== undefined ? inputsOf(called.flow) : none
}

type Suggests = NamedValuesProperty['suggests']

/** The key of the property that says what is suggested; of none, for another way. */
function keyIn(suggests: Suggests, way: 'inputsOfFlow' | 'namesInCode'): string {
  if (typeof suggests !== 'object') return ''
  const keys: Readonly<Record<string, string>> = suggests
  return keys[way] ?? ''
}

function namesUsedIn(code: string): readonly NameSuggestion[] {
  return namesInCode(code).map((value) => ({ value, hint: 'in the code', isExpected: true }))
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
