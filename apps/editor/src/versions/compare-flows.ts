import {
  diffFlows,
  linesOfDiff,
  type Attachment,
  type DiffLine,
  type Edge,
  type Flow,
  type FlowNode,
  type Note,
  type Registry,
} from '@millrace/flow'
import { noteItemId } from '../canvas/notes.ts'
import { DifferenceWords } from './difference-words.ts'

/** How a thing on the canvas differs between two versions. */
export type Mark = 'added' | 'removed' | 'changed'

type Place = readonly [x: number, y: number]

/** A thing of either version, with how it differs; without a mark it is the same in both. */
export interface Compared<Item> {
  readonly item: Item
  readonly mark: Mark | undefined
}

/** A node or a note of either version, and where it lay before, if it lay elsewhere. */
export interface ComparedPlaced<Item> extends Compared<Item> {
  readonly position: Place
  readonly movedFrom: Place | undefined
  /** How many lines of the comparison tell of it. */
  readonly changes: number
}

/** A difference as the list of them shows it. */
export interface Difference {
  readonly kind: 'changed' | 'rewired' | 'moved'
  readonly sign: DiffLine['sign']
  readonly text: string
  /** What on the canvas it is about, by its id there; nothing for the flow as a whole. */
  readonly about: readonly string[]
}

/** Two versions of a flow as one picture, and all that differs as a list. */
export interface Comparison {
  readonly before: Flow
  readonly after: Flow
  readonly nodes: readonly ComparedPlaced<FlowNode>[]
  readonly notes: readonly ComparedPlaced<Note>[]
  readonly edges: readonly Compared<Edge>[]
  readonly attachments: readonly Compared<Attachment>[]
  readonly differences: readonly Difference[]
}

/** Lays two versions over each other: what is gone stands where it stood. */
export function compareFlows(before: Flow, after: Flow, registry: Registry): Comparison {
  const lines = linesOfDiff(diffFlows(before, after, registry))
  const words = new DifferenceWords([before, after], registry)
  const differenceOf = (kind: Difference['kind'], { sign, of }: DiffLine): Difference => ({
    kind,
    sign,
    text: words.of(of),
    about: aboutOf(of),
  })
  const differences: readonly Difference[] = [
    ...lines.changed.map((line) => differenceOf('changed', line)),
    ...lines.rewired.map((line) => differenceOf('rewired', line)),
    ...lines.moved.map((line) => differenceOf('moved', line)),
  ]
  const told = differences.filter(({ kind }) => kind !== 'rewired')
  const countOf = (thing: string) => told.filter(({ about }) => about.includes(thing)).length
  const isChanged = new Set(
    differences.flatMap(({ kind, about }) => (kind === 'changed' ? about : [])),
  )
  const placesBefore = before.layout?.nodes ?? {}
  const placesAfter = after.layout?.nodes ?? {}
  return {
    before,
    after,
    nodes: overlay(before.nodes, after.nodes, ({ id }) => id).map(({ item, mark }) => {
      const place = placesAfter[item.id] ?? placesBefore[item.id] ?? [0, 0]
      return {
        item,
        mark: mark ?? (isChanged.has(item.id) ? 'changed' : undefined),
        ...placedAt(mark === 'removed' ? (placesBefore[item.id] ?? place) : place, {
          from: mark === undefined ? placesBefore[item.id] : undefined,
        }),
        changes: countOf(item.id),
      }
    }),
    notes: overlay(before.layout?.notes ?? [], after.layout?.notes ?? [], ({ id }) => id).map(
      ({ item, mark }) => {
        const old = before.layout?.notes?.find(({ id }) => id === item.id)
        return {
          item,
          mark: mark ?? (isChanged.has(noteItemId(item.id)) ? 'changed' : undefined),
          ...placedAt(item.position, { from: mark === undefined ? old?.position : undefined }),
          changes: countOf(noteItemId(item.id)),
        }
      },
    ),
    edges: overlay(before.edges, after.edges, (edge) => JSON.stringify([edge.from, edge.to])),
    attachments: overlay(before.attachments ?? [], after.attachments ?? [], (one) =>
      JSON.stringify([one.host, one.resource]),
    ),
    differences,
  }
}

/** What is in the second list, marked where it is new, and then what is in the first one only. */
function overlay<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Compared<Item>[] {
  const [old, current] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))]
  return [
    ...after.map((item): Compared<Item> => ({
      item,
      mark: old.has(keyOf(item)) ? undefined : 'added',
    })),
    ...before.flatMap((item): readonly Compared<Item>[] =>
      current.has(keyOf(item)) ? [] : [{ item, mark: 'removed' }],
    ),
  ]
}

function placedAt(
  position: Place,
  { from }: { readonly from: Place | undefined },
): Pick<ComparedPlaced<unknown>, 'position' | 'movedFrom'> {
  const isElsewhere = from !== undefined && (from[0] !== position[0] || from[1] !== position[1])
  return { position, movedFrom: isElsewhere ? from : undefined }
}

function aboutOf(of: DiffLine['of']): readonly string[] {
  switch (of.what) {
    case 'edge':
      return [of.edge.from[0], of.edge.to]
    case 'attachment':
      return [of.attachment.host[0], of.attachment.resource]
    case 'note':
      return [noteItemId('note' in of ? of.note.id : of.noteId)]
    case 'node':
    case 'property':
      return [of.nodeId]
    case 'rename':
      return of.nodeId === undefined ? [] : [of.nodeId]
    case 'flow':
    case 'setting':
    case 'variable':
    case 'variables':
    case 'notes':
      return []
  }
}
