import type { Flow } from '@millrace/flow'
import { counted } from '../ui/counted.ts'

/** In words, how `after` differs from `before`: "1 node added, 2 changed, name changed". */
export function describeChanges(before: Flow, after: Flow): string {
  const old = new Map(before.nodes.map((node) => [node.id, JSON.stringify(node)]))
  const added = after.nodes.filter((node) => !old.has(node.id)).length
  const changed = after.nodes.filter(
    (node) => old.has(node.id) && old.get(node.id) !== JSON.stringify(node),
  ).length
  const removed = before.nodes.length - (after.nodes.length - added)
  const parts = [
    added > 0 && `${counted(added, 'node')} added`,
    removed > 0 && `${counted(removed, 'node')} removed`,
    changed > 0 && `${counted(changed, 'node')} changed`,
    differs(before.edges, after.edges) && 'wired differently',
    differs(before.attachments, after.attachments) && 'attached differently',
    differs(before.variables, after.variables) && 'other variables',
    differs(before.settings, after.settings) && 'other settings',
    before.name !== after.name && 'another name',
    differs(before.layout, after.layout) && 'placed differently',
  ].filter((part) => part !== false)
  return parts.length === 0 ? 'no difference' : parts.join(', ')
}

function differs(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) !== JSON.stringify(right)
}
