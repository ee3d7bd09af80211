import type { ASTNode } from '@marcbachmann/cel-js'
import type { SourceRange } from './expression-problem.ts'
import { uniqueName } from './name.ts'

/** Reads the tree of a CEL expression: which names stand where, and which of them a macro binds. */

const macros = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])

/** Whether a call is a list macro, whose first argument names the item. */
export function isMacro(node: ASTNode): boolean {
  return node.op === 'rcall' && macros.has(node.args[0]) && node.args[2].length > 1
}

/** The names that an expression reads from outside, each once. */
export function freeNamesOf(ast: ASTNode): ReadonlySet<string> {
  return new Set(
    namesIn(ast)
      .filter(({ isBound }) => !isBound)
      .map(({ name }) => name),
  )
}

/** Where a name is first read from outside. */
export function placeOfFreeName(ast: ASTNode, wanted: string): SourceRange {
  const start = namesIn(ast).find(({ name, isBound }) => name === wanted && !isBound)?.start ?? 0
  return { start, end: start + wanted.length }
}

/** How deep list macros nest; one after another, as in `list.filter(…).map(…)`, they do not. */
export function macroNestingOf(node: ASTNode): number {
  const [list, ...others] = childrenOf(node)
  if (!isMacro(node) || list === undefined)
    return Math.max(0, ...childrenOf(node).map(macroNestingOf))
  return Math.max(macroNestingOf(list), 1 + Math.max(0, ...others.map(macroNestingOf)))
}

/** The source with one variable renamed wherever it, and not an item of a macro, is read. */
export function renameFreeName(source: string, ast: ASTNode, from: string, to: string): string {
  const names = namesIn(ast)
  const read = names.filter(({ name, isBound }) => name === from && !isBound)
  const bound = names.filter(({ name, isBound }) => name === to && isBound)
  // Inside a macro whose item has the new name, that item would be read instead: it gives way.
  const isCaptured = read.some(({ outer }) => outer.has(to))
  const item = uniqueName(to, new Set([from, ...names.map(({ name }) => name)]))
  const changes = [
    ...read.map(({ start }) => ({ start, old: from, text: to })),
    ...(isCaptured ? bound.map(({ start }) => ({ start, old: to, text: item })) : []),
  ]
  return changes
    .toSorted((left, right) => right.start - left.start)
    .reduce(
      (text, change) =>
        text.slice(0, change.start) + change.text + text.slice(change.start + change.old.length),
      source,
    )
}

/** The parts of a node that are expressions themselves, in the order of the source. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
  return node.op === 'value' ? [] : nodesIn(node.args)
}

interface FoundName {
  readonly name: string
  readonly start: number
  readonly isBound: boolean
  /** The items of the macros around it. */
  readonly outer: ReadonlySet<string>
}

function namesIn(node: ASTNode, outer: ReadonlySet<string> = new Set()): readonly FoundName[] {
  if (node.op === 'id') {
    const name = node.args
    return [{ name, start: node.range.start, isBound: outer.has(name), outer }]
  }
  const children = childrenOf(node)
  if (!isMacro(node)) return children.flatMap((child) => namesIn(child, outer))
  const [list, item, ...bodies] = children
  const inner = item?.op === 'id' ? new Set([...outer, item.args]) : outer
  return [
    ...(list === undefined ? [] : namesIn(list, outer)),
    ...[...(item === undefined ? [] : [item]), ...bodies].flatMap((body) => namesIn(body, inner)),
  ]
}

function nodesIn(value: unknown): readonly ASTNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn)
  return isAstNode(value) ? [value] : []
}

function isAstNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}
