/** An error with those that led to it, in the several ways in which the driver keeps them. */
export function chainOf(thrown: unknown): readonly Error[] {
  const found: Error[] = []
  const waiting: unknown[] = [thrown]
  while (waiting.length > 0) {
    const next = waiting.shift()
    if (!(next instanceof Error) || found.includes(next)) continue
    found.push(next)
    waiting.push('originalError' in next ? next.originalError : undefined, next.cause)
    if (next instanceof AggregateError) waiting.push(...next.errors)
  }
  return found
}

/** The code of a driver's or a socket's error; empty when it has none. */
export function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}
