import {
  isRecord,
  textOf,
  titleOf,
  type Flow,
  type JsonValue,
  type NodeDefinition,
} from '@millrace/flow'
import type { TestDifference } from '../api/flow-tests-api.ts'

/** A difference as it is shown: where, and the two texts side by side with what they do not share. */
export interface DifferenceView {
  readonly title: string
  /** The place inside that, such as `body.messages[0].content`; empty for all of it. */
  readonly place: string
  readonly expected: MarkedText | undefined
  readonly actual: MarkedText | undefined
}

/** A text whose middle is what it does not share with the other one. */
export interface MarkedText {
  readonly before: string
  readonly marked: string
  readonly after: string
}

const titles: Readonly<Record<string, string>> = {
  outcome: 'How the run ended',
  error: 'Error',
  problems: 'Problems',
  text: 'Text of the answer',
  yields: 'Yielded values',
  result: 'Returned value',
}

/** Puts a difference into words; `nodeDefinition` gives nodes their titles. */
export function viewOf(
  { at, expected, actual }: TestDifference,
  flow: Flow,
  definitionOf: (type: string) => NodeDefinition | undefined,
): DifferenceView {
  const [left, right] = markedPair(shown(expected), shown(actual))
  return { ...placeOf(at, flow, definitionOf), expected: left, actual: right }
}

function placeOf(
  at: string,
  flow: Flow,
  definitionOf: (type: string) => NodeDefinition | undefined,
): Pick<DifferenceView, 'title' | 'place'> {
  const titleOfNode = (nodeId: string) => {
    const node = flow.nodes.find(({ id }) => id === nodeId)
    return node === undefined ? nodeId : titleOf(node, definitionOf(node.type))
  }
  const [, nodeId = '', call, place = ''] =
    /^recordings\.(\w+)\[(\d+)\]\.request\.?(.*)$/.exec(at) ?? []
  if (call !== undefined) {
    const number = call === '0' ? '' : `, call ${Number(call) + 1}`
    return { title: `What “${titleOfNode(nodeId)}” asks${number}`, place }
  }
  const [, part, unused] = /^(recordings|outputs)\.(\w+)$/.exec(at) ?? []
  if (unused !== undefined) {
    const what = part === 'outputs' ? 'Outputs given to' : 'Recorded answers for'
    return { title: `${what} “${titleOfNode(unused)}”`, place: '' }
  }
  const [, key = '', rest = ''] = /^(\w+)\.?(.*)$/.exec(at) ?? []
  return { title: titles[key] ?? key, place: rest }
}

function shown(value: JsonValue | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  if (isRecord(value) || Array.isArray(value)) return JSON.stringify(value, null, 2)
  return value === null ? 'null' : textOf(value)
}

/** So much of what two texts share is shown around what they do not. */
const contextLength = 60

function markedPair(
  left: string | undefined,
  right: string | undefined,
): readonly [MarkedText | undefined, MarkedText | undefined] {
  if (left === undefined || right === undefined) return [whole(left), whole(right)]
  let start = 0
  while (start < Math.min(left.length, right.length) && left[start] === right[start]) start += 1
  let end = 0
  const longest = Math.min(left.length, right.length) - start
  while (end < longest && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1
  // Whole words are marked: what two words share by chance says nothing.
  while (start > 0 && isInWord(left[start - 1])) start -= 1
  while (end > 0 && isInWord(left[left.length - end])) end -= 1
  return [marked(left, start, end), marked(right, start, end)]
}

function isInWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}

function marked(text: string, start: number, end: number): MarkedText {
  const from = Math.max(0, start - contextLength)
  const middle = text.length - end
  const to = Math.min(text.length, middle + contextLength)
  return {
    before: `${from > 0 ? '…' : ''}${text.slice(from, start)}`,
    marked: text.slice(start, middle),
    after: `${text.slice(middle, to)}${to < text.length ? '…' : ''}`,
  }
}

function whole(text: string | undefined): MarkedText | undefined {
  return text === undefined ? undefined : { before: '', marked: text, after: '' }
}
