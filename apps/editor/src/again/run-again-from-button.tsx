import { titleOf } from '@millrace/flow'
import { ArrowRightFromLine } from 'lucide-react'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { nodeIn } from '../document/node-in.ts'
import { registry } from '../registry.ts'
import { useRun } from '../run/run-store.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { Button } from '../ui/button.tsx'
import { brokeAt } from './broke-at.ts'
import { runFromHere, selectWhyNotRunFrom } from './run-from.ts'

/** Runs the shown run again from where it came to its end too early; nothing for one that completed. */
export function RunAgainFromButton() {
  const whyNot = useRun(selectWhyNotRunFrom)
  const latest = useRun(selectLatest)
  const flow = useDocument(selectFlow)
  const nodeId = whyNot === undefined ? brokeAt(latest, flow, registry) : undefined
  if (nodeId === undefined) return null
  const node = nodeIn(flow, nodeId)
  const title = node === undefined ? nodeId : titleOf(node, registry.nodes.get(node.type))
  return (
    <Button
      size="small"
      icon={<ArrowRightFromLine size={14} aria-hidden />}
      title="With the same input. What came before that node is taken from this run."
      onClick={() => runFromHere(nodeId)}
    >
      Run again from “{title}”
    </Button>
  )
}

function selectLatest({ log }: WatchedRun): WatchedRun['state'] {
  return log.latest
}

function selectFlow({ flow }: DocumentState): DocumentState['flow'] {
  return flow
}
