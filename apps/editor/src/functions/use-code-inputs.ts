import type { CodeProperty } from '@millrace/flow'
import { useMemo } from 'react'
import { useFlowAndScopes } from '../properties/scopes.ts'
import { registry } from '../registry.ts'
import { codeInputsOf, resultTypeOf, type CodeInput } from './code-inputs.ts'
import { codeSignature } from './code-signature.ts'

/** What the code of a node gets, and the line that says so. */
export function useCodeInputs(
  nodeId: string,
  property: CodeProperty,
): { readonly inputs: readonly CodeInput[]; readonly signature: string } {
  const { flow, scopes } = useFlowAndScopes()
  return useMemo(() => {
    const node = flow.nodes.find(({ id }) => id === nodeId)
    const inputs = codeInputsOf(node, property, scopes.visibleAt(nodeId))
    const resultType = resultTypeOf(node, registry.nodes.get(node?.type ?? ''))
    return { inputs, signature: codeSignature(inputs, resultType) }
  }, [flow, scopes, nodeId, property])
}
