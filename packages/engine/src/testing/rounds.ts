import { expect } from 'vitest'

const isLong = process.env['TEST_LONG'] === '1'

/** How often a test of chances tries: as often as its figure says with TEST_LONG=1, else a little. */
export function rounds({ short, long }: { readonly short: number; readonly long: number }): number {
  return isLong ? long : short
}

/** How long such a test may take, in milliseconds. */
export const roundsTimeout = isLong ? 900_000 : 20_000

/**
 * Holds a figure that depends on the machine, so many milliseconds for a share of all, and says what
 * it was: with TEST_LONG=1 alone, as a busy machine must not fail a test.
 */
export function expectFigure(
  name: string,
  milliseconds: readonly number[],
  { share, max }: { readonly share: number; readonly max: number },
): void {
  if (!isLong) return
  const sorted = milliseconds.toSorted((left, right) => left - right)
  const at = (part: number) => sorted[Math.ceil(sorted.length * part) - 1] ?? 0
  const figures = [0.5, 0.95, 0.99, 1].map((part) => `p${part * 100} ${at(part).toFixed(1)}`)
  console.log(`${name}: ${figures.join(', ')} ms of ${sorted.length}`)
  expect(at(share)).toBeLessThanOrEqual(max)
}
