import type { Step } from './program.ts'

/** A step and all that are in its blocks, at any depth. */
export function* stepsIn(step: Step): Iterable<Step> {
  yield step
  for (const { steps } of step.blocks.values()) for (const inner of steps) yield* stepsIn(inner)
}

/** The ids of their nodes. */
export function idsIn(step: Step): ReadonlySet<string> {
  return new Set([...stepsIn(step)].map(({ node }) => node.id))
}

/** The ids of a step and of what is in its blocks, as one text: another one when something was moved. */
export function shapeOf({ node, blocks }: Step): string {
  const inner = [...blocks].map(([port, { steps }]) => `${port}: ${steps.map(shapeOf).join(' ')}`)
  return `${node.id}(${inner.join(', ')})`
}
