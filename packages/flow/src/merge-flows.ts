import { titleOf, type Registry } from './definition.ts'
import { attach, connect, whyNotAttach, whyNotConnect } from './edit-lines.ts'
import type { Attachment, Edge, Flow, FlowNode, FlowVariable, Layout, Note } from './flow.ts'
import {
  fieldsOf,
  mergeFields,
  mergeLists,
  sameText,
  type KeptVersions,
  type Versions,
} from './merge-values.ts'
import { uniqueName } from './name.ts'
import { canonicalFlow, serializeFlow } from './serialize.ts'

/** A thing that both versions changed, and not alike; the merged flow has it as mine has it. */
export type MergeConflict =
  | { readonly what: 'flow' | 'setting'; readonly field: string }
  | { readonly what: 'variable'; readonly name: string; readonly field: string }
  | ({ readonly what: 'node' | 'property'; readonly field: string } & OfNode)
  /** One deleted what the other changed: it stays, changed. */
  | ({ readonly what: 'deleted' } & OfNode)
  | { readonly what: 'deleted-variable'; readonly name: string }
  | { readonly what: 'note'; readonly noteId: string }
  /** A line of theirs that has no room beside mine: it is left out. */
  | { readonly what: 'line'; readonly from: OfNode; readonly port: string; readonly to: OfNode }

interface OfNode {
  readonly nodeId: string
  readonly title: string
}

export interface FlowMerge {
  readonly flow: Flow
  /** Empty when the two versions do not touch the same things. */
  readonly conflicts: readonly MergeConflict[]
}

/**
 * Puts together what two versions changed since the one that both were made from: node by node,
 * property by property, line by line. The result is well formed; it may have problems, as when one
 * version renamed a variable that the other began to use.
 */
export function mergeFlows(versions: Versions<Flow>, registry: Registry): FlowMerge {
  const { base, mine, theirs } = versions
  const [before, ours, others] = [base, mine, theirs].map(serializeFlow)
  if (ours === others || others === before) return { flow: mine, conflicts: [] }
  if (ours === before) return { flow: theirs, conflicts: [] }
  return new Merge({ ...versions, theirs: withOwnIds(versions) }, registry).result()
}

/** What is put together part by part, and what both versions have alike. */
const flowParts = [
  'format',
  'version',
  'id',
  'variables',
  'nodes',
  'edges',
  'attachments',
  'layout',
  'settings',
] as const

class Merge {
  readonly #versions: Versions<Flow>
  readonly #registry: Registry
  readonly #conflicts: MergeConflict[] = []

  constructor(versions: Versions<Flow>, registry: Registry) {
    this.#versions = versions
    this.#registry = registry
  }

  result(): FlowMerge {
    const { mine } = this.#versions
    const fields = mergeFields(fieldsOf(this.#versions, flowParts), this.#versions, (field) =>
      this.#conflicts.push({ what: 'flow', field }),
    )
    const settingsOfEach = this.#each('settings')
    const settings = mergeFields(fieldsOf(settingsOfEach, []), settingsOfEach, (field) =>
      this.#conflicts.push({ what: 'setting', field }),
    )
    const { format, version, id } = mine
    const nodes = this.#nodes()
    const flow = {
      format,
      version,
      id,
      ...fields,
      variables: this.#variables(),
      nodes,
      edges: [],
      layout: this.#layout(new Set(nodes.map((node) => node.id))),
      settings,
    }
    const drawn = this.#attachments(this.#edges(flow))
    return { flow: canonicalFlow(drawn), conflicts: this.#conflicts }
  }

  #variables(): readonly FlowVariable[] {
    return mergeLists(this.#each('variables'), ({ name }) => name, {
      merge: (versions) => ({
        name: versions.mine.name,
        ...mergeFields(fieldsOf(versions, ['name']), versions, (field) =>
          this.#conflicts.push({ what: 'variable', name: versions.mine.name, field }),
        ),
      }),
      onDeleted: ({ name }) => this.#conflicts.push({ what: 'deleted-variable', name }),
    })
  }

  #nodes(): readonly FlowNode[] {
    return mergeLists(this.#each('nodes'), ({ id }) => id, {
      merge: (versions) => this.#node(versions),
      onDeleted: (node) => this.#conflicts.push({ what: 'deleted', ...this.#ofNode(node) }),
    })
  }

  #node(versions: KeptVersions<FlowNode>): FlowNode {
    const { base, mine, theirs } = versions
    const ofNode = this.#ofNode(mine)
    const ofEach = {
      base: base?.properties,
      mine: mine.properties,
      theirs: theirs.properties,
    }
    const properties = mergeFields(fieldsOf(ofEach, []), ofEach, (field) =>
      this.#conflicts.push({ what: 'property', ...ofNode, field }),
    )
    return {
      id: mine.id,
      ...mergeFields(fieldsOf(versions, ['id', 'properties']), versions, (field) =>
        this.#conflicts.push({ what: 'node', ...ofNode, field }),
      ),
      ...(Object.keys(properties).length === 0 ? {} : { properties }),
    }
  }

  /** Where things lie is nobody's loss: where both moved one, it lies as in mine. */
  #layout(nodeIds: ReadonlySet<string>): Layout {
    const { base, mine, theirs } = this.#each('layout')
    const places = { base: base?.nodes, mine: mine?.nodes, theirs: theirs?.nodes }
    const notes = { base: base?.notes, mine: mine?.notes, theirs: theirs?.notes }
    return {
      nodes: mergeFields([...nodeIds], places, () => undefined),
      notes: mergeLists<Note>(notes, ({ id }) => id, {
        merge: (versions) => ({
          id: versions.mine.id,
          ...mergeFields(fieldsOf(versions, ['id']), versions, (field) => {
            if (field === 'position' || field === 'size') return
            this.#conflicts.push({ what: 'note', noteId: versions.mine.id })
          }),
        }),
        onDeleted: ({ id }) => this.#conflicts.push({ what: 'note', noteId: id }),
      }),
    }
  }

  #edges(flow: Flow): Flow {
    const { theirs } = this.#versions
    return this.#lines<Edge>(flow, 'edges', {
      nodesOf: ({ from: [from, port], to }) => [from, port, to],
      draw: (merged, edge) => connect(merged, this.#registry, edge),
      isRefusedByTheirs: (edge) => {
        const without = { ...theirs, edges: theirs.edges.filter((one) => one !== edge) }
        return whyNotConnect(without, this.#registry, edge) !== undefined
      },
    })
  }

  #attachments(flow: Flow): Flow {
    return this.#lines<Attachment>(flow, 'attachments', {
      nodesOf: ({ host: [host, port], resource }) => [host, port, resource],
      draw: (merged, attachment) => attach(merged, this.#registry, attachment),
      isRefusedByTheirs: (attachment) =>
        whyNotAttach(this.#versions.theirs, this.#registry, attachment) !== undefined,
    })
  }

  /** The lines of both, without those that one took away; of theirs only what has room beside mine. */
  #lines<Line extends Edge | Attachment>(
    flow: Flow,
    key: 'edges' | 'attachments',
    rules: LineRules<Line>,
  ): Flow {
    const listOf = (version: Flow) => (version[key] ?? []) as readonly Line[] // `key` says which
    const textsOf = (version: Flow) => new Set(listOf(version).map(textOf))
    const base = textsOf(this.#versions.base)
    const mine = textsOf(this.#versions.mine)
    const theirs = textsOf(this.#versions.theirs)
    const nodes = new Map(flow.nodes.map((node) => [node.id, node]))
    const hasEnds = (line: Line) => {
      const [from, , to] = rules.nodesOf(line)
      return nodes.has(from) && nodes.has(to)
    }
    const kept = listOf(this.#versions.mine).filter((line) => {
      const text = textOf(line)
      const isTakenAway = base.has(text) && !theirs.has(text)
      if (isTakenAway || hasEnds(line)) return !isTakenAway
      this.#leaveOut(line, rules)
      return false
    })
    let merged: Flow = { ...flow, [key]: kept }
    for (const line of listOf(this.#versions.theirs)) {
      const text = textOf(line)
      if (base.has(text) || mine.has(text)) continue
      const drawn = hasEnds(line) ? rules.draw(merged, line) : merged
      const givingWay = missing(listOf(merged), listOf(drawn))
      // A line of mine alone, drawn after this one, would have taken its place.
      const isGivingWay = (one: Line) => {
        const others = listOf(merged).filter((other) => other !== one)
        const beside = { ...merged, [key]: [...others, line] }
        return missing([line], listOf(rules.draw(beside, one))).length > 0
      }
      const mineAlone = (lines: readonly Line[]) => lines.filter((one) => !theirs.has(textOf(one)))
      // What is a problem in theirs is one here, and no conflict.
      const isTheirProblem =
        drawn === merged
          ? hasEnds(line) &&
            rules.isRefusedByTheirs(line) &&
            !mineAlone(listOf(merged)).some(isGivingWay)
          : givingWay.length > 0 && mineAlone(givingWay).length === 0
      if (isTheirProblem) merged = { ...merged, [key]: [...listOf(merged), line] }
      else if (drawn !== merged && givingWay.length === 0) merged = drawn
      else this.#leaveOut(line, rules)
    }
    return merged
  }

  #leaveOut<Line>(line: Line, { nodesOf }: LineRules<Line>): void {
    const [from, port, to] = nodesOf(line)
    const end = (nodeId: string): OfNode => {
      const { mine, theirs } = this.#versions
      const node = [...mine.nodes, ...theirs.nodes].find(({ id }) => id === nodeId)
      return node === undefined ? { nodeId, title: nodeId } : this.#ofNode(node)
    }
    this.#conflicts.push({ what: 'line', from: end(from), port, to: end(to) })
  }

  #ofNode(node: FlowNode): OfNode {
    return { nodeId: node.id, title: titleOf(node, this.#registry.nodes.get(node.type)) }
  }

  #each<Key extends keyof Flow>(key: Key): Versions<Flow[Key]> {
    const { base, mine, theirs } = this.#versions
    return { base: base[key], mine: mine[key], theirs: theirs[key] }
  }
}

interface LineRules<Line> {
  readonly nodesOf: (line: Line) => readonly [from: string, port: string, to: string]
  /** Draws a line; one that has its place gives way. A flow that refuses it stays as it is. */
  readonly draw: (flow: Flow, line: Line) => Flow
  readonly isRefusedByTheirs: (line: Line) => boolean
}

/** What of a list is not in another one. */
function missing<Item>(items: readonly Item[], from: readonly Item[]): readonly Item[] {
  const there = new Set(from)
  return items.filter((item) => !there.has(item))
}

function textOf(line: Edge | Attachment): string {
  return JSON.stringify('to' in line ? [line.from, line.to] : [line.host, line.resource])
}

/** Theirs, with other ids for nodes and notes that both added under one id, and are not the same. */
function withOwnIds({ base, mine, theirs }: Versions<Flow>): Flow {
  const nodes = newIds({ base: base.nodes, mine: mine.nodes, theirs: theirs.nodes })
  const notes = newIds({
    base: base.layout?.notes ?? [],
    mine: mine.layout?.notes ?? [],
    theirs: theirs.layout?.notes ?? [],
  })
  if (nodes.size + notes.size === 0) return theirs
  const idOf = (id: string) => nodes.get(id) ?? id
  const { layout } = theirs
  return {
    ...theirs,
    nodes: theirs.nodes.map((node) => ({ ...node, id: idOf(node.id) })),
    edges: theirs.edges.map(({ from: [from, port], to }) => ({
      from: [idOf(from), port],
      to: idOf(to),
    })),
    attachments: (theirs.attachments ?? []).map(({ host: [host, port], resource }) => ({
      host: [idOf(host), port],
      resource: idOf(resource),
    })),
    layout: {
      nodes: Object.fromEntries(
        Object.entries(layout?.nodes ?? {}).map(([id, place]) => [idOf(id), place]),
      ),
      notes: (layout?.notes ?? []).map((note) => ({ ...note, id: notes.get(note.id) ?? note.id })),
    },
  }
}

function newIds(lists: Versions<readonly { readonly id: string }[]>): ReadonlyMap<string, string> {
  const taken = new Set([...lists.base, ...lists.mine, ...lists.theirs].map(({ id }) => id))
  const known = new Set(lists.base.map(({ id }) => id))
  const mine = new Map(lists.mine.map((item) => [item.id, item]))
  const renamed = new Map<string, string>()
  for (const item of lists.theirs) {
    const other = mine.get(item.id)
    if (known.has(item.id) || other === undefined || sameText(other, item)) continue
    const id = uniqueName(item.id, taken)
    taken.add(id)
    renamed.set(item.id, id)
  }
  return renamed
}
