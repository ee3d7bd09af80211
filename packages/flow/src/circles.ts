/**
 * Numbers the nodes of a graph so that two have the same number exactly when each leads to the
 * other, by lines of any length. In one pass over the lines.
 */
export function circlesOf(
  starts: Iterable<string>,
  next: (id: string) => readonly string[],
): ReadonlyMap<string, number> {
  const before = new Map<string, string[]>()
  const left: string[] = []
  const seen = new Set<string>()
  for (const start of starts) visit(start)
  const circles = new Map<string, number>()
  // From what was left last, against the lines: what is reached leads there and back.
  for (const [circle, id] of left.toReversed().entries()) {
    const pending = [id]
    for (const reached of pending) {
      if (circles.has(reached)) continue
      circles.set(reached, circle)
      for (const one of before.get(reached) ?? []) pending.push(one)
    }
  }
  return circles

  function visit(start: string): void {
    if (seen.has(start)) return
    seen.add(start)
    // An own stack of what is still to follow: a long chain must not exhaust the call stack.
    const stack = [{ id: start, rest: [...next(start)] }]
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const following = top.rest.pop()
      if (following === undefined) {
        left.push(top.id)
        stack.pop()
        continue
      }
      const sources = before.get(following)
      if (sources === undefined) before.set(following, [top.id])
      else sources.push(top.id)
      if (seen.has(following)) continue
      seen.add(following)
      stack.push({ id: following, rest: [...next(following)] })
    }
  }
}
