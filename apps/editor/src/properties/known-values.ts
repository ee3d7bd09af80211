import {
  blockVariablesOf,
  execPortsOf,
  outputsOf,
  readBinding,
  type Flow,
  type ScopeVariable,
} from '@millrace/flow'
import { useMemo } from 'react'
import { declaredInputOf, triggerOf } from '../document/trigger-of.ts'
import { registry } from '../registry.ts'
import { lastValueOf, useLastValues, type LastValues } from './last-values.ts'
import { useFlowAndScopes } from './scopes.ts'

/**
 * What the variables in a node's reach would hold: in the flow's test data, or, once it ran, in its
 * last run. The variable of a loop around the node stands for the first item.
 */
export function useKnownValues(nodeId: string): LastValues {
  const { flow, scopes } = useFlowAndScopes()
  const lastValues = useLastValues(nodeId)
  const variables = scopes.at(nodeId)
  return useMemo(
    () => withFirstItems(flow, variables, new Map([...valuesOfTestData(flow), ...lastValues])),
    [flow, variables, lastValues],
  )
}

/** What variables would hold in a run with the flow's test data, where that is known before one. */
export function valuesOfTestData(flow: Flow): LastValues {
  const trigger = triggerOf(flow)
  const definition = registry.nodes.get(trigger?.type ?? '')
  const data = declaredInputOf(flow)?.defaultData
  if (trigger === undefined || definition === undefined || data === undefined) return new Map()
  return new Map(outputsOf(definition, trigger).map(({ name }) => [name, data]))
}

/** The values with those of loop variables, whose lists they hold; `variables` are outermost first. */
export function withFirstItems(
  flow: Flow,
  variables: readonly ScopeVariable[],
  values: LastValues,
): LastValues {
  const all = new Map(values)
  for (const variable of variables) {
    const list = listOf(variable, flow, all)
    if (list !== undefined && list.length > 0) all.set(variable.name, list[0])
  }
  return all
}

/** The list whose items a variable holds one after another, where it is known. */
function listOf(
  { name, origin }: ScopeVariable,
  flow: Flow,
  values: LastValues,
): readonly unknown[] | undefined {
  if (origin.kind !== 'block') return undefined
  const node = flow.nodes.find(({ id }) => id === origin.nodeId)
  const definition = registry.nodes.get(node?.type ?? '')
  if (node === undefined || definition === undefined) return undefined
  const port = execPortsOf(definition, node).find(({ id }) => id === origin.port)
  const declared =
    port === undefined
      ? undefined
      : blockVariablesOf(definition, node, port).find((variable) => variable.name === name)
  const type = port?.block?.[declared?.key ?? '']?.type
  if (typeof type !== 'object' || !('itemOf' in type)) return undefined
  const binding = readBinding(node.properties?.[type.itemOf] ?? null)
  const list =
    binding?.kind === 'reference'
      ? lastValueOf(binding.reference, values)
      : binding?.kind === 'literal'
        ? binding.value
        : undefined
  return Array.isArray(list) ? list : undefined
}
