import { GitCompareArrows } from 'lucide-react'
import { useState } from 'react'
import { toApiError } from '../api/api-error.ts'
import { listRuns, type StoredRun } from '../api/run-history-api.ts'
import { comparisonPath, navigate } from '../app/router.ts'
import { Button } from '../ui/button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { runLooks } from '../runs/run-look.ts'
import { startText } from '../runs/run-times.ts'

interface CompareWithMenuProps {
  readonly flowId: string
  readonly runId: string
}

type Others =
  | { readonly status: 'reading' }
  | { readonly status: 'failed'; readonly message: string }
  | { readonly status: 'ready'; readonly runs: readonly StoredRun[] }

/** Chooses the run of the same flow that a run is compared with, from the latest ones. */
export function CompareWithMenu({ flowId, runId }: CompareWithMenuProps) {
  const [others, setOthers] = useState<Others>({ status: 'reading' })

  function read(): void {
    listRuns({ flow: flowId, limit: 20 }).then(
      ({ runs }) => setOthers({ status: 'ready', runs: runs.filter(({ id }) => id !== runId) }),
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
      hint={runLooks[run.state].word}
      onSelect={() => navigate(comparisonPath(flowId, runId, run.id))}
    >
      {startText(run.startedAt, now)}
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
