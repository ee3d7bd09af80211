import { setImmediate } from 'node:timers/promises'
import { diffFlows, type Flow, type FlowDiff, type Registry } from '@millrace/flow'
import { readStored } from './read-document.ts'

/** Longer texts are not compared for a list: each would keep the messages of running flows waiting. */
const maxCompared = 512 * 1024

/**
 * For each text but the last how many differences there are to the next, which is older; `undefined`
 * where that cannot be told.
 */
export async function countChanges(
  newestFirst: readonly { readonly text: string }[],
  registry: Registry,
): Promise<readonly (number | undefined)[]> {
  const counts: (number | undefined)[] = []
  let after = readComparable(newestFirst[0])
  for (const older of newestFirst.slice(1)) {
    const before = readComparable(older)
    counts.push(after && before && countOf(diffFlows(before, after, registry)))
    after = before
    // Others may have their turn between two of them.
    await setImmediate()
  }
  return counts
}

function readComparable(stored: { readonly text: string } | undefined): Flow | undefined {
  if (stored === undefined || stored.text.length > maxCompared) return undefined
  const read = readStored(stored.text)
  return read.status === 'flow' ? read.flow : undefined
}

function countOf({ changed, rewired, moved }: FlowDiff): number {
  return changed.length + rewired.length + moved.length
}
