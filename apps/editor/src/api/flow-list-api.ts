import { isRecord } from '@millrace/flow'
import { unreadable } from './api-error.ts'
import { readPublished, type Published } from './published.ts'
import { request } from './request.ts'
import { textOfJson } from './text-of-json.ts'

/** A flow as the list of flows tells of it. */
export interface FlowSummary {
  readonly id: string
  readonly name: string
  /** Empty when there is none. */
  readonly description: string
  readonly tags: readonly string[]
  readonly revision: string
  /** When it was saved last. */
  readonly updatedAt: Date
  /** Of one that was deleted. */
  readonly deletedAt: Date | undefined
  /** `newer` was written by a later Millrace, `unreadable` is damaged; both are kept as they are. */
  readonly status: 'flow' | 'newer' | 'unreadable'
  readonly nodeCount: number
  /** The types of its nodes, each once. */
  readonly nodeTypes: readonly string[]
  /** The titles that a designer gave to nodes, each once. */
  readonly nodeTitles: readonly string[]
  /** How many problems keep it from running. */
  readonly errorCount: number
  readonly lastRun: LastRun | undefined
  /** When the clock starts it next. */
  readonly startsNextAt: Date | undefined
  readonly published: readonly Published[]
}

/** The last run of a flow, as far as the list tells of it. */
export interface LastRun {
  readonly id: string
  readonly state: string
  readonly startedAt: Date
}

/** The flows on the server, the last changed first. */
export async function listFlows(signal?: AbortSignal): Promise<readonly FlowSummary[]> {
  const flows = await readList('/flows', signal)
  return flows.toSorted((left, right) => right.updatedAt.getTime() - left.updatedAt.getTime())
}

/** The flows that can be brought back, the last deleted first. */
export function listDeletedFlows(signal?: AbortSignal): Promise<readonly FlowSummary[]> {
  return readList('/flows?deleted=true', signal)
}

async function readList(path: string, signal?: AbortSignal): Promise<readonly FlowSummary[]> {
  const { body } = await request(path, signal === undefined ? {} : { signal })
  const list = isRecord(body) ? body['flows'] : body
  if (!Array.isArray(list)) throw unreadable('list of flows')
  return list.filter(isRecord).map(readSummary)
}

function readSummary(summary: Readonly<Record<string, unknown>>): FlowSummary {
  const id = textOfJson(summary['id'], '')
  const status = summary['status']
  const { lastRun, deletedAt, startsNextAt } = summary
  return {
    id,
    name: textOfJson(summary['name'], id),
    description: textOfJson(summary['description'], ''),
    tags: textsOf(summary['tags']),
    revision: textOfJson(summary['revision'], ''),
    updatedAt: new Date(textOfJson(summary['updatedAt'], '')),
    deletedAt: deletedAt === undefined ? undefined : new Date(textOfJson(deletedAt, '')),
    status: status === 'newer' || status === 'unreadable' ? status : 'flow',
    nodeCount: Number(summary['nodeCount'] ?? 0),
    nodeTypes: textsOf(summary['nodeTypes']),
    nodeTitles: textsOf(summary['nodeTitles']),
    errorCount: Number(summary['errorCount'] ?? 0),
    lastRun: isRecord(lastRun)
      ? {
          id: textOfJson(lastRun['id'], ''),
          state: textOfJson(lastRun['state'], ''),
          startedAt: new Date(textOfJson(lastRun['startedAt'], '')),
        }
      : undefined,
    startsNextAt: typeof startsNextAt === 'string' ? new Date(startsNextAt) : undefined,
    published: readPublished(summary['published']),
  }
}

function textsOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : []
}
