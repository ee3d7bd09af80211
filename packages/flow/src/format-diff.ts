import type { FlowChange, FlowDiff, Move, Rewiring } from './diff.ts'
import type { JsonValue } from './json.ts'

/** The longest value that is shown whole, in characters. */
const maxShown = 60
/** How much is shown of what two long values have in common before they differ. */
const maxCommon = 12

/** A diff as lines for people: `+` is new, `-` is gone, `~` is another than before. */
export function formatDiff({ changed, rewired, moved }: FlowDiff): string {
  const parts = [
    part('Changed', changed.map(lineOfChange)),
    part('Rewired', rewired.map(lineOfRewiring)),
    part('Moved', moved.map(lineOfMove)),
  ].filter((text) => text !== '')
  return parts.length === 0 ? 'No differences.' : parts.join('\n\n')
}

function part(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map((line) => `  ${line}`)].join('\n')
}

const signs = { added: '+', removed: '-', changed: '~' } as const

function lineOfChange(one: FlowChange): string {
  switch (one.what) {
    case 'flow':
      return `~ flow ${one.field}: ${changeOf(one)}`
    case 'setting':
      return `~ setting ${one.key}: ${changeOf(one)}`
    case 'variables':
      return `~ variables in another order: ${one.after.join(', ')}`
    case 'notes':
      return `~ notes in another order: ${one.after.join(', ')}`
    case 'variable':
      return one.change === 'changed'
        ? `~ variable ${one.name}, ${one.field}: ${changeOf(one)}`
        : `${signs[one.change]} variable ${one.variable.name}: ${one.variable.type}`
    case 'rename': {
      const owner =
        one.nodeId === undefined ? 'of the flow' : `of ${nodeName(one.title ?? '', one.nodeId)}`
      return `~ variable ${one.from} ${owner} is named ${one.to}, everywhere`
    }
    case 'node':
      return one.change === 'changed'
        ? `~ ${nodeName(one.title, one.nodeId)} ${one.field}: ${changeOf(one)}`
        : `${signs[one.change]} ${nodeName(one.title, one.nodeId)} ${one.node.type}`
    case 'property':
      return `~ ${nodeName(one.title, one.nodeId)} ${one.key}: ${changeOf(one)}`
    case 'note':
      return one.change === 'changed'
        ? `~ note ${one.noteId} ${one.field}: ${changeOf(one)}`
        : `${signs[one.change]} note ${one.note.id}: ${shown(one.note.text)}`
  }
}

function lineOfRewiring({ change, titles: [from, to], ...line }: Rewiring): string {
  const sign = signs[change]
  return line.what === 'edge'
    ? `${sign} ${nodeName(from, line.edge.from[0])} ${line.edge.from[1]} → ${nodeName(to, line.edge.to)}`
    : `${sign} ${nodeName(to, line.attachment.resource)} at ${line.attachment.host[1]} of ${nodeName(from, line.attachment.host[0])}`
}

function lineOfMove(move: Move): string {
  const name = move.what === 'node' ? nodeName(move.title, move.nodeId) : `note ${move.noteId}`
  return `~ ${name}: ${changeOf(move)}`
}

/** Quoted as JSON is, so that no title can steer a terminal. */
function nodeName(title: string, id: string): string {
  return `${JSON.stringify(title)} (${id})`
}

function changeOf(values: { readonly before?: JsonValue; readonly after?: JsonValue }): string {
  const before = textOf(values.before)
  const after = textOf(values.after)
  const start = Math.max(before.length, after.length) > maxShown ? differAt(before, after) : 0
  return `${excerpt(before, start)} → ${excerpt(after, start)}`
}

function shown(value: JsonValue): string {
  return excerpt(textOf(value), 0)
}

function textOf(value: JsonValue | undefined): string {
  return value === undefined ? 'not set' : JSON.stringify(value)
}

/** Where two texts go apart, and a little before. */
function differAt(left: string, right: string): number {
  let index = 0
  while (index < left.length && left[index] === right[index]) index += 1
  return index <= maxCommon ? 0 : index - maxCommon
}

function excerpt(text: string, start: number): string {
  const end = start + maxShown
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`
}
