import type { Box } from './placement.ts'

/** The lines that a card snaps to while it is dragged: edges and centres of others, and equal gaps. */

/** A stretch that is drawn: at a place across its axis, from one place along it to another. */
export interface GuideLine {
  /** `gap` is drawn with ends, between two boxes that stand as far apart as two others. */
  readonly kind: 'edge' | 'gap'
  readonly axis: 'vertical' | 'horizontal'
  readonly at: number
  readonly from: number
  readonly to: number
}

export interface Guides {
  /** By how much the box moves to stand on them. */
  readonly dx: number
  readonly dy: number
  /** Whether a guide holds the box on an axis; else it is free to follow the grid. */
  readonly isHeld: { readonly x: boolean; readonly y: boolean }
  readonly lines: readonly GuideLine[]
}

/** The guides that a box comes to within so many pixels, with the box then on them. */
export function guidesFor(moving: Box, others: readonly Box[], within: number): Guides {
  const dx = nearest(shiftsTo(spanX, moving, others), within)
  const dy = nearest(shiftsTo(spanY, moving, others), within)
  const placed = { ...moving, x: moving.x + (dx ?? 0), y: moving.y + (dy ?? 0) }
  return {
    dx: dx ?? 0,
    dy: dy ?? 0,
    isHeld: { x: dx !== undefined, y: dy !== undefined },
    lines: [
      ...(dx === undefined ? [] : linesAt(spanX, placed, others)),
      ...(dy === undefined ? [] : linesAt(spanY, placed, others)),
    ],
  }
}

/** A box as it stands along one axis. */
interface Span {
  readonly start: number
  readonly middle: number
  readonly end: number
}

type Axis = (box: Box) => Span

const spanX: Axis = ({ x, width }) => ({ start: x, middle: x + width / 2, end: x + width })
const spanY: Axis = ({ y, height }) => ({ start: y, middle: y + height / 2, end: y + height })

const across = (axis: Axis): Axis => (axis === spanX ? spanY : spanX)

function nearest(shifts: readonly number[], within: number): number | undefined {
  const near = shifts.filter((shift) => Math.abs(shift) <= within)
  return near.length === 0
    ? undefined
    : near.reduce((best, shift) => (Math.abs(shift) < Math.abs(best) ? shift : best))
}

function shiftsTo(axis: Axis, moving: Box, others: readonly Box[]): readonly number[] {
  const { start, middle, end } = axis(moving)
  const edges = others.flatMap((other) => {
    const to = axis(other)
    return [to.start - start, to.end - end, to.middle - middle]
  })
  return [...edges, ...gapsFor(axis, moving, others).map(({ wanted }) => wanted - start)]
}

interface Gap {
  /** Where the moving box has to start for its gap to be as wide as the other. */
  readonly wanted: number
  readonly known: readonly [Box, Box]
  readonly side: 'before' | 'after' | 'between'
}

/** The gaps that the box could repeat, among the boxes that stand in one row with it. */
function gapsFor(axis: Axis, moving: Box, others: readonly Box[]): readonly Gap[] {
  const own = axis(moving)
  const row = others
    .filter((other) => overlap(across(axis)(other), across(axis)(moving)))
    .toSorted((left, right) => axis(left).start - axis(right).start)
  const before = row.filter((other) => axis(other).end <= own.middle)
  const after = row.filter((other) => axis(other).start >= own.middle)
  const size = own.end - own.start
  const gaps: Gap[] = []
  const [last, previous] = [before.at(-1), before.at(-2)]
  const [first, second] = after
  if (last !== undefined && previous !== undefined) {
    const gap = axis(last).start - axis(previous).end
    gaps.push({ wanted: axis(last).end + gap, known: [previous, last], side: 'after' })
  }
  if (first !== undefined && second !== undefined) {
    const gap = axis(second).start - axis(first).end
    gaps.push({ wanted: axis(first).start - gap - size, known: [first, second], side: 'before' })
  }
  if (last !== undefined && first !== undefined) {
    const wanted = (axis(last).end + axis(first).start - size) / 2
    gaps.push({ wanted, known: [last, first], side: 'between' })
  }
  return gaps.filter(({ known: [left, right], side }) => {
    const free = axis(right).start - axis(left).end
    return side === 'between' ? free >= size : free > 0
  })
}

function overlap(left: Span, right: Span): boolean {
  return left.start < right.end && right.start < left.end
}

const isSame = (left: number, right: number) => Math.abs(left - right) < 0.5

/** What is drawn for a box that stands on its guides. */
function linesAt(axis: Axis, placed: Box, others: readonly Box[]): readonly GuideLine[] {
  const own = axis(placed)
  const lines = (['start', 'middle', 'end'] as const).flatMap((edge): readonly GuideLine[] => {
    const aligned = others.filter((other) => isSame(axis(other)[edge], own[edge]))
    if (aligned.length === 0) return []
    const spans = [placed, ...aligned].map(across(axis))
    return [
      {
        kind: 'edge',
        axis: axis === spanX ? 'vertical' : 'horizontal',
        at: own[edge],
        from: Math.min(...spans.map(({ start }) => start)),
        to: Math.max(...spans.map(({ end }) => end)),
      },
    ]
  })
  const gaps = gapsFor(axis, placed, others).filter(({ wanted }) => isSame(wanted, own.start))
  return [...lines, ...gaps.flatMap((gap) => gapLines(axis, placed, gap))]
}

function gapLines(axis: Axis, placed: Box, { known: [left, right], side }: Gap): GuideLine[] {
  const own = axis(placed)
  const middle = across(axis)(placed).middle
  const stretch = (from: number, to: number): GuideLine => ({
    kind: 'gap',
    axis: axis === spanX ? 'horizontal' : 'vertical',
    at: middle,
    from,
    to,
  })
  const knownGap = stretch(axis(left).end, axis(right).start)
  switch (side) {
    case 'after':
      return [knownGap, stretch(axis(right).end, own.start)]
    case 'before':
      return [stretch(own.end, axis(left).start), knownGap]
    case 'between':
      return [stretch(axis(left).end, own.start), stretch(own.end, axis(right).start)]
  }
}
