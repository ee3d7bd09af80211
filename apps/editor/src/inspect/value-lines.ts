import { isRecord } from '@millrace/flow'
import { textOfValue } from './value-text.ts'

/** One line of a value that is shown as a tree. */
export interface ValueLine {
  /** Its path as JSON, so that no two are the same. */
  readonly id: string
  readonly path: readonly (string | number)[]
  readonly name: string
  readonly value: unknown
  readonly depth: number
  /** How many parts it has. */
  readonly count: number
  readonly isExpandable: boolean
  readonly isExpanded: boolean
  readonly position: number
  readonly setSize: number
  /** Whether its name or its own text holds what is searched. */
  readonly isHit: boolean
}

export interface ValueTreeState {
  /** Lines that were opened, or closed, against what they are at first. */
  readonly toggled: ReadonlySet<string>
  /** In small letters; empty for none. */
  readonly search: string
}

/** Records and lists down to this depth are open at first. */
const openDepth = 2
/** A record with more fields than this inside another, such as headers, would hide what comes after it. */
const maxOpenFields = 12
/** A list of more than this many would hide what comes after it. */
const maxOpenItems = 100

/** The lines of a record or a list that are to be seen. While something is searched, those that lead to it are open. */
export function valueLines(
  value: unknown,
  { toggled, search }: ValueTreeState,
): readonly ValueLine[] {
  const lines: ValueLine[] = []
  const hits = search === '' ? undefined : hitsIn(value, search)
  addLines(lines, value, [])
  return lines

  function addLines(into: ValueLine[], owner: unknown, path: readonly (string | number)[]): void {
    const parts = partsOfValue(owner)
    for (const [index, [key, inner]] of parts.entries()) {
      const innerPath = [...path, key]
      const id = JSON.stringify(innerPath)
      const count = countParts(inner)
      const depth = path.length
      const isOpenAtFirst = hits?.around.has(id) ?? isOpen(inner, count, depth)
      const isExpanded = count > 0 && isOpenAtFirst !== toggled.has(id)
      into.push({
        id,
        path: innerPath,
        name: String(typeof key === 'number' ? key + 1 : key),
        value: inner,
        depth,
        count,
        isExpandable: count > 0,
        isExpanded,
        position: index + 1,
        setSize: parts.length,
        isHit: hits?.own.has(id) ?? false,
      })
      if (isExpanded) addLines(into, inner, innerPath)
    }
  }
}

/** Whether a value is a record or a list that is not empty. */
export function hasParts(value: unknown): boolean {
  return countParts(value) > 0
}

function isOpen(value: unknown, count: number, depth: number): boolean {
  return depth < openDepth && count <= (Array.isArray(value) ? maxOpenItems : maxOpenFields)
}

type Part = readonly [key: string | number, value: unknown]

function partsOfValue(value: unknown): readonly Part[] {
  if (Array.isArray(value)) return value.map((item: unknown, index): Part => [index, item])
  return isRecord(value) ? Object.entries(value) : []
}

function countParts(value: unknown): number {
  if (Array.isArray(value)) return value.length
  return isRecord(value) ? Object.keys(value).length : 0
}

interface Hits {
  readonly own: ReadonlySet<string>
  /** What holds a hit, at any depth. */
  readonly around: ReadonlySet<string>
}

function hitsIn(value: unknown, search: string): Hits {
  const own = new Set<string>()
  const around = new Set<string>()
  find(value, [])
  return { own, around }

  function find(owner: unknown, path: readonly (string | number)[]): boolean {
    let hasHit = false
    for (const [key, inner] of partsOfValue(owner)) {
      const innerPath = [...path, key]
      const isLeaf = countParts(inner) === 0
      const text = isLeaf ? `${key} ${leafText(inner)}` : String(key)
      const isHit = text.toLowerCase().includes(search)
      const holdsHit = !isLeaf && find(inner, innerPath)
      const id = isHit || holdsHit ? JSON.stringify(innerPath) : ''
      if (isHit) own.add(id)
      if (holdsHit) around.add(id)
      hasHit ||= isHit || holdsHit
    }
    return hasHit
  }
}

/** A value without parts as it stands in its line. */
export function leafText(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '""' : value
  return value === undefined ? '' : (JSON.stringify(value) ?? textOfValue(value))
}
