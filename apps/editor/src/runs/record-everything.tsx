import { settingsOf } from '@millrace/flow'
import { Eye } from 'lucide-react'
import { documentCommands, useDocument, type DocumentState } from '../document/document-store.ts'
import { changedSettings } from '../properties/changed-settings.ts'
import { useRun } from '../run/run-store.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { Button } from '../ui/button.tsx'
import { toast } from '../ui/toast.ts'

/** Beside a run of which no values were recorded: has the flow record those of the runs to come. */
export function RecordEverything() {
  const isSummary = useRun(selectIsSummary)
  const recordsAll = useDocument(selectRecordsAll)
  if (!isSummary || recordsAll) return null
  return (
    <Button
      size="small"
      variant="quiet"
      icon={<Eye size={14} aria-hidden />}
      title="From now on, of the runs that clients start. A setting of the flow."
      onClick={recordEverythingOfOpen}
    >
      Record everything
    </Button>
  )
}

/** Has the open flow record everything in the runs to come, whoever starts them. */
export function recordEverythingOfOpen(): void {
  documentCommands.edit('Record everything', (flow) => ({
    ...flow,
    settings: changedSettings(flow.settings, { trace: 'full' }),
  }))
  toast.success('From now on everything is recorded of the runs that clients start.')
}

function selectIsSummary({ log }: WatchedRun): boolean {
  const first = log.events[0]
  return first?.type === 'run-start' && first.trace !== 'full'
}

function selectRecordsAll({ flow }: DocumentState): boolean {
  return settingsOf(flow).trace === 'full'
}
