import { nodeName } from '../format-diff.ts'
import type { MergeConflict } from '../merge-flows.ts'

/** What both versions changed, in words: where it is, and what of it. */
export function formatConflict(conflict: MergeConflict): string {
  switch (conflict.what) {
    case 'flow':
    case 'setting':
      return `${conflict.what} ${conflict.field}`
    case 'variable':
      return `variable ${conflict.name}, ${conflict.field}`
    case 'deleted-variable':
      return `variable ${conflict.name}: deleted in one, changed in the other`
    case 'node':
    case 'property':
      return `${nodeName(conflict.title, conflict.nodeId)} ${conflict.field}`
    case 'deleted':
      return `${nodeName(conflict.title, conflict.nodeId)}: deleted in one, changed in the other`
    case 'note':
      return `note ${conflict.noteId}`
    case 'line': {
      const { from, port, to } = conflict
      return `${nodeName(from.title, from.nodeId)} ${port} → ${nodeName(to.title, to.nodeId)}`
    }
  }
}
