import { GitCompareArrows } from 'lucide-react'
import { useState } from 'react'
import { toApiError } from '../api/api-error.ts'
import { listLatestRuns, type RunFacts } from '../api/run-api.ts'
import { comparisonPath, navigate } from '../app/router.ts'
import { Button } from '../ui/button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { runMoment } from '../replay/run-moment.ts'

interface CompareWithMenuProps {
  readonly flowId: string
  readonly runId: string
}

type Others =
  | { readonly status: 'reading' }
  | { readonly status: 'failed'; readonly message: string }
  | { readonly status: 'ready'; readonly runs: readonly RunFacts[] }

/** Chooses the run of the same flow that a run is compared with, from the latest ones. */
export function CompareWithMenu({ flowId, runId }: CompareWithMenuProps) {
  const [others, setOthers] = useState<Others>({ status: 'reading' })

  function read(): void {
    listLatestRuns(flowId, AbortSignal.timeout(20_000)).then(
      (all) => setOthers({ status: 'ready', runs: all.filter(({ id }) => id !== runId) }),
      (thrown: unknown) => setOthers({ status: 'failed', message: toApiError(thrown).message }),
    )
  }

  return (
    <Menu
      trigger={
        <Button
          size="small"
          variant="quiet"
          icon={<GitCompareArrows size={14} aria-hidden />}
          // Read anew each time: runs come and go.
          onClick={read}
        >
          Compare with…
        </Button>
      }
    >
      <Choices others={others} flowId={flowId} runId={runId} />
    </Menu>
  )
}

function Choices({ others, flowId, runId }: CompareWithMenuProps & { readonly others: Others }) {
  if (others.status === 'reading') return <Told>Reading the runs…</Told>
  if (others.status === 'failed') return <Told>{others.message}</Told>
  if (others.runs.length === 0) return <Told>This flow has no other run yet.</Told>
  const now = new Date()
  return others.runs.map((run) => (
    <MenuItem
      key={run.id}
      hint={stateWords[run.state]}
      onSelect={() => navigate(comparisonPath(flowId, runId, run.id))}
    >
      {runMoment(run.startedAt, now)}
    </MenuItem>
  ))
}

function Told({ children }: { readonly children: string }) {
  return (
    <MenuItem isDisabled onSelect={() => undefined}>
      {children}
    </MenuItem>
  )
}

const stateWords: Readonly<Record<RunFacts['state'], string>> = {
  running: 'In progress: compared when it has ended',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Stopped',
  interrupted: 'Interrupted',
}
