import { execPortsOf, titleOf, type NodeDefinition } from './definition.ts'
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
  return checkBlock(block, { isInLoop: false, isInFinally: false })
}

function checkBlock(block: Block, around: Around): readonly Problem[] {
  return [
    ...block.steps.flatMap(({ node, definition, blocks }): readonly Problem[] => {
      const why = whyMisplaced(definition, around)
      const own: readonly Problem[] =
        why === undefined
          ? []
          : [
              {
                code: 'jump_misplaced',
                severity: 'error',
                message: `"${titleOf(node, definition)}" ${why}`,
                nodeId: node.id,
              },
            ]
      return [
        ...own,
        ...[...blocks.values()].flatMap((sub) => checkBlock(sub, inside(sub, around))),
      ]
    }),
    ...unreachableIn(block),
  ]
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

/** The first node that nothing can come to, because what is before it always jumps. */
function unreachableIn({ steps }: Block): readonly Problem[] {
  const jump = steps.findIndex(alwaysJumps)
  const [before, unreached] = jump === -1 ? [] : [steps[jump], steps[jump + 1]]
  if (before === undefined || unreached === undefined) return []
  const title = titleOf(before.node, before.definition)
  return [
    {
      code: 'node_behind_jump',
      severity: 'warning',
      message: `"${titleOf(unreached.node, unreached.definition)}" never runs, because every way through "${title}" ends in a jump. Move it into one of them, or delete it.`,
      nodeId: unreached.node.id,
    },
  ]
}

function alwaysJumps({ node, definition, blocks }: Step): boolean {
  if (definition === undefined || node.disabled === true) return false
  if (definition.jump !== undefined) return true
  if (definition.exec?.runsOne !== true) return false
  const ways = execPortsOf(definition, node).filter(
    ({ block, isFinally }) => block !== undefined && !isFinally,
  )
  return ways.every(({ id }) => blocks.get(id)?.steps.some(alwaysJumps) === true)
}
