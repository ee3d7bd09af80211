/** Figures of one row by target, one for each round. */
export interface Row {
  readonly name: string
  readonly figures: ReadonlyMap<string, readonly number[]>
}

/** A text table: the first target's median, and for each other its median and ratio to that. */
export function formatTable(rows: readonly Row[], targets: readonly string[]): string {
  const [base = '', ...others] = targets
  const lines = rows.map(({ name, figures }) => {
    const baseline = median(figures.get(base) ?? [])
    const compared = others.map((target) => {
      const value = median(figures.get(target) ?? [])
      return `${formatNumber(value)} = ${(value / baseline).toFixed(2)} × B`
    })
    return [name, formatNumber(baseline), ...compared]
  })
  return alignColumns([['', base, ...others], ...lines])
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

function formatNumber(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 })
}

function alignColumns(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  )
  const align = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)
  return lines.map((cells) => cells.map(align).join('   ')).join('\n')
}
