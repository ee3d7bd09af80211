import type { FlowChange, FlowDiff, Move, Rewiring } from './diff.ts'
import type { JsonValue } from './json.ts'

/** The longest value that is shown whole, in characters. */
const maxShown = 60
/** How much is shown of what two long values have in common before they differ. */
const maxCommon = 12

/** A difference in words, after its sign: `+` is new, `-` is gone, `~` is another than before. */
export interface DiffLine<Difference = FlowChange | Rewiring | Move> {
  readonly sign: '+' | '-' | '~'
  readonly text: string
  /** What the line tells of. */
  readonly of: Difference
}

/** A diff as lines for people: all that differs, in its order. */
export function linesOfDiff({ changed, rewired, moved }: FlowDiff): {
  readonly changed: readonly DiffLine<FlowChange>[]
  readonly rewired: readonly DiffLine<Rewiring>[]
  readonly moved: readonly DiffLine<Move>[]
} {
  return {
    changed: changed.map((of) => ({ ...lineOfChange(of), of })),
    rewired: rewired.map((of) => ({ ...lineOfRewiring(of), of })),
    moved: moved.map((of) => ({ ...lineOfMove(of), of })),
  }
}

/** A diff as one text, for a terminal. */
export function formatDiff(diff: FlowDiff): string {
  const { changed, rewired, moved } = linesOfDiff(diff)
  const parts = [part('Changed', changed), part('Rewired', rewired), part('Moved', moved)].filter(
    (text) => text !== '',
  )
  return parts.length === 0 ? 'No differences.' : parts.join('\n\n')
}

function part(title: string, lines: readonly DiffLine[]): string {
  if (lines.length === 0) return ''
  return [title, ...lines.map(({ sign, text }) => `  ${sign} ${text}`)].join('\n')
}

type Words = Pick<DiffLine, 'sign' | 'text'>

const signs = { added: '+', removed: '-' } as const

function another(text: string): Words {
  return { sign: '~', text }
}

function lineOfChange(one: FlowChange): Words {
  switch (one.what) {
    case 'flow':
      return another(`flow ${one.field}: ${changeOf(one)}`)
    case 'setting':
      return another(`setting ${one.key}: ${changeOf(one)}`)
    case 'variables':
      return another(`variables in another order: ${one.after.join(', ')}`)
    case 'notes':
      return another(`notes in another order: ${one.after.join(', ')}`)
    case 'variable':
      return one.change === 'changed'
        ? another(`variable ${one.name}, ${one.field}: ${changeOf(one)}`)
        : { sign: signs[one.change], text: `variable ${one.variable.name}: ${one.variable.type}` }
    case 'rename': {
      const owner =
        one.nodeId === undefined ? 'of the flow' : `of ${nodeName(one.title ?? '', one.nodeId)}`
      return another(`variable ${one.from} ${owner} is named ${one.to}, everywhere`)
    }
    case 'node': {
      const name = nodeName(one.title, one.nodeId)
      return one.change === 'changed'
        ? another(`${name} ${one.field}: ${changeOf(one)}`)
        : { sign: signs[one.change], text: `${name} ${one.node.type}` }
    }
    case 'property':
      return another(`${nodeName(one.title, one.nodeId)} ${one.key}: ${changeOf(one)}`)
    case 'note':
      return one.change === 'changed'
        ? another(`note ${one.noteId} ${one.field}: ${changeOf(one)}`)
        : { sign: signs[one.change], text: `note ${one.note.id}: ${shown(one.note.text)}` }
  }
}

function lineOfRewiring({ change, titles: [from, to], ...line }: Rewiring): Words {
  const sign = signs[change]
  const text =
    line.what === 'edge'
      ? `${nodeName(from, line.edge.from[0])} ${line.edge.from[1]} → ${nodeName(to, line.edge.to)}`
      : `${nodeName(to, line.attachment.resource)} at ${line.attachment.host[1]} of ${nodeName(from, line.attachment.host[0])}`
  return { sign, text }
}

function lineOfMove(move: Move): Words {
  const name = move.what === 'node' ? nodeName(move.title, move.nodeId) : `note ${move.noteId}`
  return another(`${name}: ${changeOf(move)}`)
}

/** Quoted as JSON is, so that no title can steer a terminal. */
export function nodeName(title: string, id: string): string {
  return `${JSON.stringify(title)} (${id})`
}

function changeOf(values: { readonly before?: JsonValue; readonly after?: JsonValue }): string {
  return excerptsOfChange(textOf(values.before), textOf(values.after)).join(' → ')
}

/** Of two texts as much as fits a line: their beginnings, or from where they go apart. */
export function excerptsOfChange(
  before: string,
  after: string,
): readonly [before: string, after: string] {
  const start = Math.max(before.length, after.length) > maxShown ? differAt(before, after) : 0
  return [excerpt(before, start), excerpt(after, start)]
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
