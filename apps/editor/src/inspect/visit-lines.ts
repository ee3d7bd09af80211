import { visitsAround, type RunVisit, type RunVisits } from '@millrace/flow'

/** A line of the list of visits: a visit, or the round of the loops around those below it. */
export type VisitLine =
  | { readonly kind: 'heading'; readonly key: string; readonly text: string }
  | {
      readonly kind: 'visit'
      readonly key: string
      readonly visit: RunVisit
      /** The iteration of the nearest loop around it, else which visit of the node it is. */
      readonly number: number
    }

/** The visits of a node, those in loops of loops under the round of the outer ones. */
export function visitLines(
  own: readonly RunVisit[],
  { all }: RunVisits,
  titleOfNode: (nodeId: string) => string,
): readonly VisitLine[] {
  const lines: VisitLine[] = []
  let heading = ''
  for (const [index, visit] of own.entries()) {
    const rounds = [...visitsAround(visit, all), visit].filter(
      ({ iteration }) => iteration !== undefined,
    )
    const text = rounds
      .slice(0, -1)
      .map(({ parent, iteration }) => `${titleOf(parent, all, titleOfNode)} ${iteration}`)
      .join(' › ')
    if (text !== heading) lines.push({ kind: 'heading', key: `before ${visit.visit}`, text })
    heading = text
    const number = rounds.at(-1)?.iteration ?? index + 1
    lines.push({ kind: 'visit', key: String(visit.visit), visit, number })
  }
  return lines
}

function titleOf(
  visit: number | undefined,
  all: RunVisits['all'],
  titleOfNode: (nodeId: string) => string,
): string {
  const nodeId = visit === undefined ? undefined : all.get(visit)?.nodeId
  return nodeId === undefined ? '' : titleOfNode(nodeId)
}
