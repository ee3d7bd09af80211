import type { Flow } from '@millrace/flow'
import { useState } from 'react'
import { createFlow, restoreFlow } from '../api/flows-api.ts'
import { attempt } from '../flows/flow-actions.ts'
import { Button } from '../ui/button.tsx'
import { toast } from '../ui/toast.ts'
import type { GoneFlow } from './open-flow.ts'
import { navigate } from './router.ts'

interface GoneFlowActionsProps {
  readonly gone: GoneFlow
  /** What a run of it ran. */
  readonly ran: Flow
  /** The flow is there again. */
  readonly onBack: () => void
}

/** Brings the flow of a shown run back: as it was deleted or, where it is not kept, as it ran. */
export function GoneFlowActions({ gone, ran, onBack }: GoneFlowActionsProps) {
  const [isBusy, setIsBusy] = useState(false)

  async function bringBack(): Promise<void> {
    setIsBusy(true)
    await attempt(async () => {
      if (gone.status === 'deleted') await restoreFlow(ran.id)
      else await createFlow(ran)
      toast.success(`“${ran.name}” is back.`)
      onBack()
    })
    setIsBusy(false)
  }

  return (
    <>
      <Button size="small" onClick={() => navigate('/runs')}>
        Back to Runs
      </Button>
      <Button size="small" variant="primary" isBusy={isBusy} onClick={() => void bringBack()}>
        {gone.status === 'deleted' ? 'Bring the flow back' : 'Save what ran as a flow'}
      </Button>
    </>
  )
}
