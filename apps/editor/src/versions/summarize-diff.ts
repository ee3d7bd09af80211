import type { FlowDiff } from '@millrace/flow'
import { counted } from '../ui/counted.ts'

/** A diff in one line: "2 nodes added, 1 node changed, 3 lines rewired". */
export function summarizeDiff({ changed, rewired, moved }: FlowDiff): string {
  const countOf = (change: 'added' | 'removed') =>
    changed.filter((one) => one.what === 'node' && one.change === change).length
  const changedNodes = new Set(
    changed.flatMap((one) => {
      if (one.what === 'property' || one.what === 'rename') return one.nodeId ?? []
      return one.what === 'node' && one.change === 'changed' ? one.nodeId : []
    }),
  )
  const others = changed.filter(({ what }) => what !== 'node' && what !== 'property')
  const ofFlow = others.filter((one) => one.what !== 'rename' || one.nodeId === undefined)
  const parts = [
    tell(countOf('added'), 'node', 'added'),
    tell(countOf('removed'), 'node', 'removed'),
    tell(changedNodes.size, 'node', 'changed'),
    tell(rewired.length, 'line', 'rewired'),
    tell(moved.length, 'place', 'changed'),
    tell(ofFlow.length, 'change', 'of the flow itself'),
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'nothing' : parts.join(', ')
}

function tell(count: number, what: string, how: string): string {
  return count === 0 ? '' : `${counted(count, what)} ${how}`
}
