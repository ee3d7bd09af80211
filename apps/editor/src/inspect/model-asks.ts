import type { RunCall } from '@millrace/flow'

/** Something that was asked for, with all attempts at it. */
export interface Ask {
  /** From the first; the last one was answered, if any was. */
  readonly attempts: readonly RunCall[]
  readonly last: RunCall
}

/** The calls of a visit as what was asked for: the retries of one belong together. */
export function asksOf(calls: readonly RunCall[]): readonly Ask[] {
  const asks: RunCall[][] = []
  for (const call of calls) {
    const before = asks.at(-1)
    if (call.attempt > 1 && before?.at(-1)?.kind === call.kind) before.push(call)
    else asks.push([call])
  }
  return asks.flatMap((attempts) => {
    const last = attempts.at(-1)
    return last === undefined ? [] : [{ attempts, last }]
  })
}

/** How long the run waited before an attempt, in milliseconds. */
export function waitBefore({ attempts }: Ask, index: number): number {
  const [before, attempt] = [attempts[index - 1], attempts[index]]
  if (before === undefined || attempt === undefined) return 0
  return Math.max(0, attempt.startedAt - before.endedAt)
}
