import type { Registry } from '@millrace/flow'
import { z } from 'zod'
import { publishedStateSchema, type PublishedState } from '../environments/published-states.ts'
import { runSummary, runSummarySchema } from '../runs/run-answer.ts'
import type { RunRecord } from '../runs/run-record.ts'
import type { DeletedFlow, StoredFlow } from './flow-store.ts'
import { problemsOf } from './problems.ts'
import { readStored } from './read-document.ts'

/** A flow as the list of flows shows it. */
export const flowSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  revision: z.int(),
  updatedAt: z.iso.datetime(),
  /** Of a flow that was deleted and can be restored. */
  deletedAt: z.iso.datetime().optional(),
  nodeCount: z.int(),
  /** The types of its nodes, each once. */
  nodeTypes: z.array(z.string()),
  /** The titles that a designer gave to nodes, each once; a search finds the flow by them. */
  nodeTitles: z.array(z.string()),
  errorCount: z.int(),
  warningCount: z.int(),
  /** `newer` was written by a later Millrace, `unreadable` is damaged; both are kept. */
  status: z.enum(['flow', 'newer', 'unreadable']),
  lastRun: runSummarySchema.nullable(),
  /** When the clock starts it next; null of one that it does not start. */
  startsNextAt: z.iso.datetime().nullable(),
  /** Where it is published, and how the draft differs from that. */
  published: z.array(publishedStateSchema),
})

export type FlowSummary = z.infer<typeof flowSummarySchema>

export function summarize(
  stored: StoredFlow | DeletedFlow,
  context: {
    readonly registry: Registry
    readonly connections: ReadonlyMap<string, { readonly kind: string }>
    readonly flows: ReadonlySet<string>
    readonly lastRun: RunRecord | undefined
    /** Epoch milliseconds. */
    readonly startsNextAt: number | undefined
    readonly published: readonly PublishedState[] | undefined
  },
): FlowSummary {
  const read = readStored(stored.text)
  const problems = problemsOf(read, context)
  const flow = read.status === 'flow' ? read.flow : undefined
  const nodes = flow?.nodes ?? []
  const errorCount = problems.filter(({ severity }) => severity === 'error').length
  const newerName = read.status === 'newer' ? read.document['name'] : undefined
  return {
    id: stored.id,
    name: flow?.name ?? (typeof newerName === 'string' ? newerName : stored.id),
    description: flow?.description ?? '',
    tags: [...(flow?.tags ?? [])],
    revision: stored.revision,
    updatedAt: new Date(stored.updatedAt).toISOString(),
    ...('deletedAt' in stored ? { deletedAt: new Date(stored.deletedAt).toISOString() } : {}),
    nodeCount: nodes.length,
    nodeTypes: [...new Set(nodes.map(({ type }) => type))],
    nodeTitles: [...new Set(nodes.flatMap(({ title }) => title ?? []))],
    errorCount,
    warningCount: problems.length - errorCount,
    status: read.status,
    lastRun: context.lastRun === undefined ? null : runSummary(context.lastRun),
    startsNextAt:
      context.startsNextAt === undefined ? null : new Date(context.startsNextAt).toISOString(),
    published: [...(context.published ?? [])],
  }
}
