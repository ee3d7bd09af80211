import type {
  ComparedNode,
  ComparedRuns,
  NodeDifference,
  RunFigures,
  ValueDifference,
} from '@millrace/flow'
import { runMarks } from '../canvas/run-mark-icons.ts'
import { durationText } from '../ui/duration-text.ts'
import { openText } from '../inspect/value-text.ts'
import { runLooks } from '../runs/run-look.ts'
import { counted } from '../ui/counted.ts'

/** A row of a table of two runs: what each of them says of something. */
export interface FigureRow {
  readonly label: string
  readonly left: string
  readonly right: string
  /** Whether that is a difference; times and tokens always differ a little, and are only told. */
  readonly differs: boolean
}

/** What is not known, or was not there. */
const nothing = '–'

/** What two runs say of a node, side by side. */
export function figureRowsOf({ left, right }: ComparedNode): readonly FigureRow[] {
  return [
    row('Status', statusOf(left), statusOf(right)),
    row('Visits', left?.visits.toLocaleString('en'), right?.visits.toLocaleString('en')),
    figure('Time', durationOf(left?.ms), durationOf(right?.ms)),
    ...(left?.usage || right?.usage
      ? [figure('Tokens', tokensOf(left?.usage), tokensOf(right?.usage))]
      : []),
  ]
}

/** How two runs ended, each in the word that every list of runs has for it. */
export function outcomeRow({ left, right }: Pick<ComparedRuns, 'left' | 'right'>): FigureRow {
  return row('Outcome', outcomeOf(left), outcomeOf(right))
}

export function row(label: string, left: string | undefined, right: string | undefined): FigureRow {
  return { ...figure(label, left, right), differs: left !== right }
}

/** A row that is told, and is no difference. */
export function figure(
  label: string,
  left: string | undefined,
  right: string | undefined,
): FigureRow {
  return { label, left: left ?? nothing, right: right ?? nothing, differs: false }
}

export function durationOf(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : durationText(ms)
}

export function tokensOf(usage: { readonly totalTokens: number } | null | undefined): string {
  return usage ? usage.totalTokens.toLocaleString('en') : nothing
}

function outcomeOf({ outcome }: RunFigures): string | undefined {
  return outcome && runLooks[outcome].word
}

function statusOf(figures: ComparedNode['left']): string | undefined {
  return figures && runMarks[figures.status].name
}

/** In what a node differs, in a few words. */
export function differenceWords({ differsIn, left, right }: ComparedNode): string {
  return differsIn.map((what) => wordsOf(what, left, right)).join(', ')
}

function wordsOf(
  what: NodeDifference,
  left: ComparedNode['left'],
  right: ComparedNode['right'],
): string {
  switch (what) {
    case 'presence':
      return left === undefined ? 'only in the other run' : 'only in this run'
    case 'status':
      return `${statusOf(left)} / ${statusOf(right)}`
    case 'visits':
      return `×${left?.visits} / ×${right?.visits}`
    case 'outputs':
      return 'other outputs'
  }
}

/** Where a difference lies, as it would be written: `hits[2].score`. */
export function placeText({ path }: ValueDifference): string {
  return path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`,
    )
    .join('')
}

/** One side of a difference. */
export function sideText(value: unknown): string {
  if (value === undefined) return nothing
  return typeof value === 'string' ? value : openText(value)
}

/** What the list of differences is called. */
export function headingOf(count: number): string {
  return count === 0
    ? 'No node differs'
    : `${counted(count, 'node')} differ${count === 1 ? 's' : ''}`
}
