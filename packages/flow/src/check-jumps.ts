import { alwaysJumps } from './always-jumps.ts'
import { titleOf, type NodeDefinition } from './definition.ts'
import type { Problem } from './problem.ts'
import type { Block, Step } from './program.ts'

/** What a jump would leave. */
interface Around {
  /** Whether a loop is around it, inside of the innermost *finally* if there is one. */
  readonly isInLoop: boolean
  readonly isInFinally: boolean
}

/** Jumps that have nowhere to go, and nodes that stand behind a jump. */
export function checkJumps(block: Block): readonly Problem[] {
  const check = new JumpCheck()
  check.block(block, { isInLoop: false, isInFinally: false })
  return check.problems
}

/** One walk, which tells of each block whether it always ends in a jump. */
class JumpCheck {
  readonly problems: Problem[] = []

  block({ steps }: Block, around: Around): boolean {
    const jump = steps.map((step) => this.#step(step, around)).indexOf(true)
    if (jump === -1) return false
    const [before, unreached] = steps.slice(jump)
    if (before !== undefined && unreached !== undefined) this.#reportBehind(before, unreached)
    return true
  }

  #step(step: Step, around: Around): boolean {
    const { node, definition, blocks } = step
    const why = whyMisplaced(definition, around)
    if (why !== undefined) {
      this.problems.push({
        code: 'jump_misplaced',
        severity: 'error',
        message: `"${titleOf(node, definition)}" ${why}`,
        nodeId: node.id,
      })
    }
    const jumping = new Set(
      [...blocks].flatMap(([port, sub]) => (this.block(sub, inside(sub, around)) ? [port] : [])),
    )
    return alwaysJumps(step, jumping)
  }

  #reportBehind(before: Step, { node, definition }: Step): void {
    const title = titleOf(before.node, before.definition)
    this.problems.push({
      code: 'node_behind_jump',
      severity: 'warning',
      message: `"${titleOf(node, definition)}" never runs, because every way through "${title}" ends in a jump. Move it into one of them, or delete it.`,
      nodeId: node.id,
    })
  }
}

function inside({ port }: Block, around: Around): Around {
  // A jump may move about in a *finally*, but not out of it.
  if (port?.isFinally === true) return { isInLoop: false, isInFinally: true }
  return { ...around, isInLoop: around.isInLoop || (port?.isLoop ?? false) }
}

function whyMisplaced(
  definition: NodeDefinition | undefined,
  { isInLoop, isInFinally }: Around,
): string | undefined {
  switch (definition?.jump) {
    case 'break':
    case 'continue':
      if (isInLoop) return undefined
      return isInFinally
        ? 'would leave a "Finally", which always runs to its end. Move it out of there, or into a loop inside of it.'
        : 'stands outside of a loop. Move it into a loop or a "For each message".'
    case 'return':
      return isInFinally
        ? 'would leave a "Finally", which always runs to its end. Move it behind the node that has it.'
        : undefined
    case 'throw':
    case undefined:
      return undefined
  }
}
