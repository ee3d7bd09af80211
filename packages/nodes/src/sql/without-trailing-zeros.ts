/**
 * A number's digits without the zeros at their end, and the point, that say nothing. Looked at from
 * behind: a pattern would look for the end anew at each of many zeros.
 */
export function withoutTrailingZeros(digits: string): string {
  if (!/^[+-]?[0-9]*\.[0-9]*$/.test(digits)) return digits
  let end = digits.length
  while (digits[end - 1] === '0') end -= 1
  return digits.slice(0, digits[end - 1] === '.' ? end - 1 : end)
}
