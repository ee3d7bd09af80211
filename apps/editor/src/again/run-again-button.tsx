import { ArrowRightFromLine } from 'lucide-react'
import { nodeIn } from '../document/node-in.ts'
import { useDocument } from '../document/document-store.ts'
import { useRun } from '../run/run-store.ts'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { runFromHere, selectWhyNotRunFrom } from './run-from.ts'

/** Runs again from the node where a run broke; nothing where that cannot be done. */
export function RunAgainButton({ nodeId }: { readonly nodeId: string }) {
  const whyNot = useRun(selectWhyNotRunFrom)
  const isAction = useDocument(
    ({ flow }) => registry.nodes.get(nodeIn(flow, nodeId)?.type ?? '')?.kind === 'action',
  )
  const isOfRun = useRun(({ state }) => state.nodes.has(nodeId))
  if (whyNot !== undefined || !isAction || !isOfRun) return null
  return (
    <Button
      size="small"
      icon={<ArrowRightFromLine size={14} aria-hidden />}
      onClick={() => runFromHere(nodeId)}
    >
      Run again from here
    </Button>
  )
}
