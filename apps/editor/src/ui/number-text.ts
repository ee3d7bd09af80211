/**
 * Reads a number as people type it, with a point or a comma; `undefined` for what is none. A comma
 * before three digits may mean thousands or thousandths, so it is none either: 4,000 is not taken for 4.
 */
export function readNumber(text: string): number | undefined {
  if (/^\s*[+-]?[1-9]\d{0,2},\d{3}\s*$/.test(text)) return undefined
  const plain = text.trim().replace(',', '.')
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : undefined
}

/** What a text is on its way to a number: nothing, the sign or point of one, one, or something else. */
export function judgeNumber(text: string): 'empty' | 'begun' | 'number' | 'wrong' {
  if (readNumber(text) !== undefined) return 'number'
  if (text.trim() === '') return 'empty'
  return /^[+-]?[.,]?$/.test(text.trim()) ? 'begun' : 'wrong'
}

/** How a number is stepped. */
export interface NumberSteps {
  readonly step: number
  readonly minimum: number | undefined
  readonly maximum: number | undefined
}

/** The next number up or down, within the bounds and without the dust of binary fractions. */
export function stepNumber(
  value: number,
  by: number,
  { step, minimum, maximum }: NumberSteps,
): number {
  const next = Number((value + by * step).toFixed(decimalsOf(value, step)))
  return Math.min(maximum ?? Infinity, Math.max(minimum ?? -Infinity, next))
}

function decimalsOf(...numbers: readonly number[]): number {
  const lengths = numbers.map((number) => (String(number).split('.')[1] ?? '').length)
  return Math.min(10, Math.max(...lengths))
}
