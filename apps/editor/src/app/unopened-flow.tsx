import { FileQuestion, History, Trash2 } from 'lucide-react'
import { restoreFlow } from '../api/flows-api.ts'
import { downloadText } from '../flows/download.ts'
import { attempt as doOrTell } from '../flows/flow-actions.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { sinceWhen } from '../ui/since-when.ts'
import type { OpenedFlow } from './open-flow.ts'
import { navigate } from './router.ts'

interface UnopenedFlowProps {
  readonly opened: Exclude<OpenedFlow, { status: 'open' | 'ran' | 'failed' }>
  readonly flowId: string
  readonly onRetry: () => void
}

/** Why a flow that was asked for is not shown, as the server's answer tells. */
export function UnopenedFlow({ opened, flowId, onRetry }: UnopenedFlowProps) {
  const back = (
    <Button key="back" onClick={() => navigate('/')}>
      Back to Flows
    </Button>
  )
  switch (opened.status) {
    case 'missing':
      return (
        <EmptyState
          size="page"
          icon={<FileQuestion size={24} aria-hidden />}
          title="This flow does not exist"
          actions={back}
        >
          The server has no flow with the id “{flowId}”. It may have been deleted, or the address
          may be mistyped.
        </EmptyState>
      )
    case 'deleted':
      return (
        <EmptyState
          size="page"
          icon={<Trash2 size={24} aria-hidden />}
          title={`“${opened.name}” was deleted ${sinceWhen(opened.deletedAt, new Date())}`}
          actions={
            <>
              {back}
              <Button
                variant="primary"
                onClick={() =>
                  void doOrTell(async () => {
                    await restoreFlow(flowId)
                    onRetry()
                  })
                }
              >
                Bring it back
              </Button>
            </>
          }
        >
          Its versions and its tests are kept, and come back with it.
        </EmptyState>
      )
    case 'newer':
      return (
        <EmptyState
          size="page"
          icon={<History size={24} aria-hidden />}
          title="Made with a newer Millrace"
          actions={
            <>
              {back}
              <Button
                variant="primary"
                onClick={() =>
                  downloadText(`${flowId}.flow.json`, JSON.stringify(opened.document, null, 2))
                }
              >
                Download it
              </Button>
            </>
          }
        >
          “{nameOf(opened.document['name'], flowId)}” is written in version {opened.version} of the
          flow format, which this editor does not know. It is kept exactly as it is. Update Millrace
          to open it.
        </EmptyState>
      )
  }
}

function nameOf(name: unknown, otherwise: string): string {
  return typeof name === 'string' ? name : otherwise
}
