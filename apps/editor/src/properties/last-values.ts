import { followPath, parseReference, type Flow, type Registry } from '@millrace/flow'
import { useMemo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { useRun } from '../run/run-store.ts'
import { useScopes } from './scopes.ts'

/** Values of variables by name, of those whose value is known; null is a value. */
export type LastValues = ReadonlyMap<string, unknown>

/**
 * What the variables in a node's reach held at last: outputs as the watched run recorded them, and
 * variables of the flow that no node sets.
 */
export function useLastValues(nodeId: string): LastValues {
  const { scopes } = useScopes()
  const constants = useDocument(useShallow(selectConstants))
  const variables = scopes.at(nodeId)
  // The outputs one by one: they change when a node ends, not while its text streams.
  const outputs = useRun(
    useShallow((run: WatchedRun) =>
      // A node may give one of its outputs to its blocks as well, as HTTP request does.
      variables.map(({ name, origin }) =>
        origin.kind === 'flow' ? undefined : run.state.nodes.get(origin.nodeId)?.outputs?.[name],
      ),
    ),
  )
  return useMemo(() => {
    const recorded = variables.map(({ name }, index) => [name, outputs[index]] as const)
    return new Map([...constants, ...recorded.filter(([, value]) => value !== undefined)])
  }, [constants, variables, outputs])
}

/** The variables of the flow that keep the value they start with. */
export function constantsOf(flow: Flow, definitions: Registry): LastValues {
  if (flow.variables === undefined || flow.variables.length === 0) return new Map()
  const assigned = new Set(
    flow.nodes.flatMap(({ type, properties = {} }) =>
      Object.entries(properties)
        .filter(([key]) => definitions.nodes.get(type)?.properties[key]?.kind === 'flowVariable')
        .map(([, name]) => name),
    ),
  )
  return new Map(
    flow.variables
      .filter(({ name, value }) => value !== undefined && !assigned.has(name))
      .map(({ name, value }) => [name, value]),
  )
}

/** What a reference led to; `undefined` when that is not known. */
export function lastValueOf(reference: string, values: LastValues): unknown {
  const parsed = parseReference(reference)
  if (parsed === undefined || !values.has(parsed.variable)) return undefined
  return followPath(values.get(parsed.variable), parsed.path)
}

function selectConstants({ flow }: DocumentState): LastValues {
  return constantsOf(flow, registry)
}
