import type { LogEntry } from './log-entry.ts'
import type { LogPage, RunLog } from './run-log.ts'

/** How much of its runs a log in memory keeps. */
export interface MemoryRunLogOptions {
  /** How many of the latest entries a run keeps; older ones make a `gap`. */
  readonly maxEntries?: number
  /** How many ended runs are kept; the one that ended first goes first. */
  readonly keepEnded?: number
}

interface Ring {
  /** The latest entries, oldest first. */
  entries: LogEntry[]
  isEnded: boolean
  readonly listeners: Set<(entries: readonly LogEntry[]) => void>
}

/** Keeps the logs of runs in memory, each bounded, and forgets the oldest ended ones. */
export function createMemoryRunLog(options: MemoryRunLogOptions = {}): RunLog {
  const { maxEntries = 20_000, keepEnded = 100 } = options
  const rings = new Map<string, Ring>()
  const ended: string[] = []

  function ringOf(runId: string): Ring {
    const known = rings.get(runId)
    if (known !== undefined) return known
    const ring: Ring = { entries: [], isEnded: false, listeners: new Set() }
    rings.set(runId, ring)
    return ring
  }

  function markEnded(runId: string, ring: Ring): void {
    ring.isEnded = true
    ended.push(runId)
    const forgotten = ended.length > keepEnded ? ended.shift() : undefined
    if (forgotten !== undefined) rings.delete(forgotten)
  }

  return {
    append(runId, entries) {
      const ring = ringOf(runId)
      for (const entry of entries) ring.entries.push(entry)
      // Cut a quarter too late, so that a long run does not move the whole ring at every append.
      if (ring.entries.length > maxEntries * 1.25) {
        ring.entries.splice(0, ring.entries.length - maxEntries)
      }
      if (entries.at(-1)?.event.type === 'run-end') markEnded(runId, ring)
      for (const listener of ring.listeners) listener(entries)
    },

    read(runId, after, limit) {
      return Promise.resolve(readRing(rings.get(runId), after, limit))
    },

    listen(runId, listener) {
      const { listeners } = ringOf(runId)
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        const ring = rings.get(runId)
        // Somebody listened for a run that never was.
        if (ring?.entries.length === 0 && ring.listeners.size === 0) rings.delete(runId)
      }
    },
  }
}

function readRing(ring: Ring | undefined, after: number, limit: number): LogPage {
  const oldest = ring?.entries[0]?.seq
  if (ring === undefined || oldest === undefined) return { status: 'unknown' }
  if (after + 1 < oldest) return { status: 'gap', oldest }
  const entries = ring.entries.slice(after + 1 - oldest, after + 1 - oldest + limit)
  const head = ring.entries.at(-1)?.seq ?? 0
  const isEnd = ring.isEnded && (entries.at(-1)?.seq ?? after) >= head
  return { status: 'found', entries, isEnd }
}
