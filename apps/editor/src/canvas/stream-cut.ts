/** Text is cut in steps of this many characters, so that its lines do not wrap anew at each piece. */
const step = 1000

/** Where the shown end of a text of this length begins; at least `step` characters are kept. */
export function cutAt(length: number): number {
  return Math.max(0, Math.floor(length / step) - 1) * step
}
