import {
  titleOf,
  visitsOf,
  type Flow,
  type FlowNode,
  type NodeDefinition,
  type RunVisit,
  type RunVisits,
} from '@millrace/flow'
import { useMemo } from 'react'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { nodeIn } from '../document/node-in.ts'
import { scopesIn } from '../document/scopes-in.ts'
import { registry } from '../registry.ts'
import type { Choice } from './inspect-store.ts'
import { firstPart, partsOf, type Iteration, type NodePart } from './node-parts.ts'
import type { RunLog } from './use-run-log.ts'
import { visitLines, type VisitLine } from './visit-lines.ts'

/** A run with its visits, and the flow that it ran. */
export interface InspectedRun {
  readonly log: RunLog
  readonly visits: RunVisits
  readonly flow: Flow
  readonly titleOfNode: (nodeId: string) => string
}

/** One node of it, which ran, and what of it is looked at. */
export interface InspectedNode extends InspectedRun {
  readonly node: FlowNode
  readonly definition: NodeDefinition
  readonly lines: readonly VisitLine[]
  readonly visit: RunVisit
  readonly parts: readonly NodePart[]
  readonly part: NodePart
  readonly iterations: readonly Iteration[]
  /** The index in `iterations`; `undefined` for the whole of them. */
  readonly iteration: number | undefined
}

/** The visits of a run, worked out anew when more of it has come. */
export function useInspectedRun(log: RunLog): InspectedRun {
  const current = useDocument(selectFlow)
  const flow = log.document ?? current
  const visits = useMemo(() => visitsOf(log.events), [log.events])
  const titleOfNode = useMemo(() => titlesOf(flow), [flow])
  return { log, visits, flow, titleOfNode }
}

/** What is looked at of a node; `undefined` where it did not run. */
export function useInspectedNode(
  run: InspectedRun,
  nodeId: string | undefined,
  choice: Choice | undefined,
): InspectedNode | undefined {
  const { log, visits, flow, titleOfNode } = run
  const own = visits.ofNode.get(nodeId ?? '')
  const lines = useMemo(
    () => (own === undefined ? [] : visitLines(own, visits, titleOfNode)),
    [own, visits, titleOfNode],
  )
  const node = nodeIn(flow, nodeId ?? '')
  const definition = registry.nodes.get(node?.type ?? '')
  if (own === undefined || node === undefined || definition === undefined) return undefined

  const isOfNode = choice?.nodeId === nodeId
  const isOfRun = isOfNode && choice?.runId === log.runId
  const chosenVisit = isOfRun ? own.find(({ visit }) => visit === choice?.visit) : undefined
  const visit = chosenVisit ?? own.findLast(({ status }) => status === 'failed') ?? own.at(-1)
  if (visit === undefined) return undefined
  const parts = partsOf({ node, definition, scopes: scopesIn(flow, registry), visit, visits })
  const part =
    (isOfNode ? parts.find(({ id }) => id === choice?.partId) : undefined) ?? firstPart(parts)
  if (part === undefined) return undefined
  const { content } = part
  const iterations = content.kind === 'iterations' ? content.items : []
  const hasWhole = content.kind === 'iterations' && content.whole !== undefined
  const wanted = isOfRun ? choice?.iteration : undefined
  const iteration =
    wanted !== undefined && wanted < iterations.length
      ? wanted
      : hasWhole || iterations.length === 0
        ? undefined
        : iterations.length - 1
  return { ...run, node, definition, lines, visit, parts, part, iterations, iteration }
}

function titlesOf(flow: Flow): (nodeId: string) => string {
  return (nodeId) => {
    const node = nodeIn(flow, nodeId)
    return node === undefined ? nodeId : titleOf(node, registry.nodes.get(node.type))
  }
}

function selectFlow({ flow }: DocumentState): Flow {
  return flow
}
