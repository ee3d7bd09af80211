import { titleOf, type Registry } from './definition.ts'
import { findRenames, type FoundRename } from './diff-renames.ts'
import type { Attachment, Edge, Flow, FlowNode, FlowSettings, FlowVariable, Note } from './flow.ts'
import type { JsonValue } from './json.ts'
import { canonicalFlow } from './serialize.ts'

/** What a value was and is; `undefined` where there was, or is, none. */
interface Values<Value = JsonValue> {
  readonly before?: Value
  readonly after?: Value
}

/** The node that a difference is about. */
interface OfNode {
  readonly nodeId: string
  /** What it is called after the change, or was called if it is gone. */
  readonly title: string
}

type ListChange = 'added' | 'removed'

/** A difference in what a flow does, or says of itself. */
export type FlowChange =
  | ({ readonly what: 'flow'; readonly field: FlowField } & Values)
  | ({ readonly what: 'setting'; readonly key: keyof FlowSettings } & Values)
  | { readonly what: 'variable'; readonly change: ListChange; readonly variable: FlowVariable }
  | ({
      readonly what: 'variable'
      readonly change: 'changed'
      readonly name: string
      readonly field: 'type' | 'value' | 'description'
    } & Values)
  /** The variables are the same, but stand in another order. */
  | ({ readonly what: 'variables' } & Required<Values<readonly string[]>>)
  /** With every reference to it; of a node, or of the flow. */
  | ({ readonly what: 'rename'; readonly from: string; readonly to: string } & Partial<OfNode>)
  | ({ readonly what: 'node'; readonly change: ListChange; readonly node: FlowNode } & OfNode)
  | ({ readonly what: 'node'; readonly change: 'changed'; readonly field: NodeField } & OfNode &
      Values)
  | ({ readonly what: 'property'; readonly key: string } & OfNode & Values)
  | { readonly what: 'note'; readonly change: ListChange; readonly note: Note }
  | ({
      readonly what: 'note'
      readonly change: 'changed'
      readonly noteId: string
      readonly field: NoteField
    } & Values)
  | ({ readonly what: 'notes' } & Required<Values<readonly string[]>>)

/** A line between nodes that is there now, or no longer. */
export type Rewiring =
  | {
      readonly what: 'edge'
      readonly change: ListChange
      readonly edge: Edge
      readonly titles: Ends
    }
  | {
      readonly what: 'attachment'
      readonly change: ListChange
      readonly attachment: Attachment
      readonly titles: Ends
    }

/** What the nodes at both ends of a line are called: where it begins, and where it leads. */
type Ends = readonly [from: string, to: string]

/** A node or a note that lies elsewhere on the canvas, or whose size is another. */
export type Move =
  | ({ readonly what: 'node' } & OfNode & Values)
  | ({ readonly what: 'note'; readonly noteId: string } & Values)

/** How two versions of a flow differ. It is plain data, and the same whatever their order was. */
export interface FlowDiff {
  readonly changed: readonly FlowChange[]
  readonly rewired: readonly Rewiring[]
  /** Differences that no run can tell. */
  readonly moved: readonly Move[]
}

const flowFields = ['$schema', 'version', 'id', 'name', 'description', 'tags'] as const
const variableFields = ['type', 'value', 'description'] as const
const nodeFields = ['type', 'version', 'title', 'description', 'disabled'] as const
const noteFields = ['kind', 'text', 'colour'] as const
const settingKeys = ['onDisconnect', 'timeoutSeconds', 'trace', 'keepRuns', 'feedbackFlow'] as const

type FlowField = (typeof flowFields)[number]
type NodeField = (typeof nodeFields)[number]
type NoteField = (typeof noteFields)[number]

/**
 * How two versions of a flow differ; nothing differs exactly where their canonical texts are the
 * same. A variable that got another name, and nothing else with it, is one difference.
 */
export function diffFlows(before: Flow, after: Flow, registry: Registry): FlowDiff {
  const target = canonicalFlow(after)
  const { renames, renamed } = findRenames(canonicalFlow(before), target, registry)
  const source = canonicalFlow(renamed)
  const titles = new Map(
    [...source.nodes, ...target.nodes].map((node) => [
      node.id,
      titleOf(node, registry.nodes.get(node.type)),
    ]),
  )
  const differ = new Differ(source, target, titles)
  return {
    changed: [
      ...differ.fields(),
      ...renames.map((rename) => differ.rename(rename)),
      ...differ.variables(),
      ...differ.nodes(),
      ...differ.notes(),
    ],
    rewired: [...differ.edges(), ...differ.attachments()],
    moved: differ.moves(),
  }
}

/** Whether two versions are the same: their canonical texts are. */
export function isEmptyDiff({ changed, rewired, moved }: FlowDiff): boolean {
  return changed.length + rewired.length + moved.length === 0
}

class Differ {
  readonly #before: Flow
  readonly #after: Flow
  readonly #titles: ReadonlyMap<string, string>

  constructor(before: Flow, after: Flow, titles: ReadonlyMap<string, string>) {
    this.#before = before
    this.#after = after
    this.#titles = titles
  }

  fields(): readonly FlowChange[] {
    const [before, after] = [this.#before, this.#after]
    return [
      ...changesIn(flowFields, before, after).map((change): FlowChange => ({
        what: 'flow',
        field: change.key,
        ...change.values,
      })),
      ...changesIn(settingKeys, before.settings, after.settings).map((change): FlowChange => ({
        what: 'setting',
        key: change.key,
        ...change.values,
      })),
    ]
  }

  rename({ nodeId, from, to }: FoundRename): FlowChange {
    return { what: 'rename', from, to, ...(nodeId === undefined ? {} : this.#ofNode(nodeId)) }
  }

  variables(): readonly FlowChange[] {
    const { added, removed, kept, order } = compareLists(
      this.#before.variables,
      this.#after.variables,
      ({ name }) => name,
    )
    return [
      ...removed.map((variable): FlowChange => ({ what: 'variable', change: 'removed', variable })),
      ...added.map((variable): FlowChange => ({ what: 'variable', change: 'added', variable })),
      ...kept.flatMap(([before, after]) =>
        changesIn(variableFields, before, after).map(({ key, values }): FlowChange => ({
          what: 'variable',
          change: 'changed',
          name: after.name,
          field: key,
          ...values,
        })),
      ),
      ...(order === undefined ? [] : [{ what: 'variables' as const, ...order }]),
    ]
  }

  nodes(): readonly FlowChange[] {
    const { added, removed, kept } = compareLists(
      this.#before.nodes,
      this.#after.nodes,
      ({ id }) => id,
    )
    const one = (node: FlowNode, change: ListChange): FlowChange => ({
      what: 'node',
      change,
      ...this.#ofNode(node.id),
      node,
    })
    return [
      ...removed.map((node) => one(node, 'removed')),
      ...added.map((node) => one(node, 'added')),
      ...kept.flatMap(([before, after]) => this.#changesOfNode(before, after)),
    ]
  }

  #changesOfNode(before: FlowNode, after: FlowNode): readonly FlowChange[] {
    const ofNode = this.#ofNode(after.id)
    const keys = new Set([before, after].flatMap(({ properties = {} }) => Object.keys(properties)))
    return [
      ...changesIn(nodeFields, before, after).map(({ key, values }): FlowChange => ({
        what: 'node',
        change: 'changed',
        ...ofNode,
        field: key,
        ...values,
      })),
      ...changesIn([...keys].toSorted(), before.properties, after.properties).map(
        ({ key, values }): FlowChange => ({ what: 'property', ...ofNode, key, ...values }),
      ),
    ]
  }

  notes(): readonly FlowChange[] {
    const { added, removed, kept, order } = this.#notes()
    return [
      ...removed.map((note): FlowChange => ({ what: 'note', change: 'removed', note })),
      ...added.map((note): FlowChange => ({ what: 'note', change: 'added', note })),
      ...kept.flatMap(([before, after]) =>
        changesIn(noteFields, before, after).map(({ key, values }): FlowChange => ({
          what: 'note',
          change: 'changed',
          noteId: after.id,
          field: key,
          ...values,
        })),
      ),
      ...(order === undefined ? [] : [{ what: 'notes' as const, ...order }]),
    ]
  }

  #notes(): ListComparison<Note> {
    return compareLists(this.#before.layout?.notes, this.#after.layout?.notes, ({ id }) => id)
  }

  edges(): readonly Rewiring[] {
    const { added, removed } = compareLists(this.#before.edges, this.#after.edges, textOf)
    const one = (edge: Edge, change: ListChange): Rewiring => ({
      what: 'edge',
      change,
      edge,
      titles: [this.#title(edge.from[0]), this.#title(edge.to)],
    })
    return [
      ...removed.map((edge) => one(edge, 'removed')),
      ...added.map((edge) => one(edge, 'added')),
    ]
  }

  attachments(): readonly Rewiring[] {
    const { added, removed } = compareLists(
      this.#before.attachments,
      this.#after.attachments,
      textOf,
    )
    const one = (attachment: Attachment, change: ListChange): Rewiring => ({
      what: 'attachment',
      change,
      attachment,
      titles: [this.#title(attachment.host[0]), this.#title(attachment.resource)],
    })
    return [
      ...removed.map((attachment) => one(attachment, 'removed')),
      ...added.map((attachment) => one(attachment, 'added')),
    ]
  }

  moves(): readonly Move[] {
    const [before, after] = [this.#before.layout?.nodes ?? {}, this.#after.layout?.nodes ?? {}]
    // What a node brings and takes with it is told with the node itself.
    const ids = compareLists(this.#before.nodes, this.#after.nodes, ({ id }) => id).kept
    return [
      ...changesIn(
        ids.map(([{ id }]) => id),
        before,
        after,
      ).map(({ key, values }): Move => ({ what: 'node', ...this.#ofNode(key), ...values })),
      ...this.#notes().kept.flatMap(([one, other]) =>
        changesIn(['position', 'size'], one, other).map(({ values }): Move => ({
          what: 'note',
          noteId: one.id,
          ...values,
        })),
      ),
    ]
  }

  #title(nodeId: string): string {
    return this.#titles.get(nodeId) ?? nodeId
  }

  #ofNode(nodeId: string): OfNode {
    return { nodeId, title: this.#title(nodeId) }
  }
}

interface FieldChange<Key> {
  readonly key: Key
  readonly values: Values
}

/** Which of these fields differ between two objects. */
function changesIn<Key extends string>(
  keys: readonly Key[],
  before: Fields<Key> | undefined,
  after: Fields<Key> | undefined,
): readonly FieldChange<Key>[] {
  return keys.flatMap((key): readonly FieldChange<Key>[] => {
    const [old, current] = [valueOf(before, key), valueOf(after, key)]
    // As text, since the order of the keys inside a value is the designer's.
    if (textOf(old) === textOf(current)) return []
    const values = {
      ...(old === undefined ? {} : { before: old }),
      ...(current === undefined ? {} : { after: current }),
    }
    return [{ key, values }]
  })
}

type Fields<Key extends string> = Readonly<Partial<Record<Key, unknown>>>

function valueOf<Key extends string>(
  owner: Fields<Key> | undefined,
  key: Key,
): JsonValue | undefined {
  if (owner === undefined || !Object.hasOwn(owner, key)) return undefined
  return owner[key] as JsonValue // part of a document
}

interface ListComparison<Item> {
  readonly added: readonly Item[]
  readonly removed: readonly Item[]
  readonly kept: readonly (readonly [before: Item, after: Item])[]
  /** The keys of what is in both, where they stand in another order. */
  readonly order: Required<Values<readonly string[]>> | undefined
}

/** Compares two lists by what names their items; of two items with one name, each counts. */
function compareLists<Item>(
  before: readonly Item[] = [],
  after: readonly Item[] = [],
  keyOf: (item: Item) => string,
): ListComparison<Item> {
  const left = keyed(before, keyOf)
  const right = keyed(after, keyOf)
  const both = [...left.keys()].filter((key) => right.has(key))
  const there = [...right.keys()].filter((key) => left.has(key))
  const isReordered = both.some((key, index) => key !== there[index])
  return {
    removed: [...left].flatMap(([key, item]) => (right.has(key) ? [] : [item])),
    added: [...right].flatMap(([key, item]) => (left.has(key) ? [] : [item])),
    kept: [...right].flatMap(([key, item]) => {
      const old = left.get(key)
      return old === undefined ? [] : [[old, item] as const]
    }),
    order: isReordered ? { before: both, after: there } : undefined,
  }
}

function keyed<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, Item> {
  const map = new Map<string, Item>()
  const counts = new Map<string, number>()
  for (const item of items) {
    const key = keyOf(item)
    const count = counts.get(key) ?? 0
    counts.set(key, count + 1)
    map.set(count === 0 ? key : `${key} (${count + 1})`, item)
  }
  return map
}

function textOf(value: unknown): string {
  return JSON.stringify(value)
}
