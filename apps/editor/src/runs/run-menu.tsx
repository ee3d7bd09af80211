import {
  Download,
  ExternalLink,
  Eye,
  FlaskConical,
  ListFilter,
  MessagesSquare,
  Square,
  Trash2,
} from 'lucide-react'
import type { StoredRun } from '../api/run-history-api.ts'
import { navigate, runPath } from '../app/router.ts'
import { attempt } from '../flows/flow-actions.ts'
import { MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { makeTest, recordEverything, saveRun, stopStoredRun } from './run-actions.ts'
import { runsPath } from './run-filter.ts'

export interface RunMenuProps {
  readonly run: StoredRun
  readonly flowName: string
  readonly onDelete: () => void
  /** Given where its flow is open, which then is what changes. */
  readonly ofOpenFlow?: OpenFlowActions
  /** Called after the run was changed, so that what is shown of it goes along. */
  readonly onChange: () => void
}

/** What is done with the open flow, in the place of the stored one. */
export interface OpenFlowActions {
  readonly makeTest: (run: StoredRun) => Promise<void>
  readonly recordEverything: () => void
}

/** What can be done with a run of a list; in its menu, and in its context menu. */
export function RunMenu({ run, flowName, onDelete, ofOpenFlow, onChange }: RunMenuProps) {
  const { id, flowId, sessionId, state, trace } = run
  const isRunning = state === 'running'
  return (
    <>
      <MenuItem
        icon={<ExternalLink size={16} aria-hidden />}
        onSelect={() => window.open(runPath(flowId, id), '_blank', 'noopener')}
      >
        Open in a new tab
      </MenuItem>
      <MenuItem
        icon={<ListFilter size={16} aria-hidden />}
        onSelect={() => navigate(runsPath({ flow: flowId }))}
      >
        All runs of this flow
      </MenuItem>
      {sessionId !== undefined && (
        <MenuItem
          icon={<MessagesSquare size={16} aria-hidden />}
          onSelect={() => navigate(runsPath({ session: sessionId }))}
        >
          The whole session
        </MenuItem>
      )}
      <MenuSeparator />
      {isRunning && (
        <MenuItem
          icon={<Square size={16} aria-hidden />}
          onSelect={() =>
            void attempt(async () => {
              await stopStoredRun(run)
              onChange()
            })
          }
        >
          Stop
        </MenuItem>
      )}
      <MenuItem
        icon={<FlaskConical size={16} aria-hidden />}
        isDisabled={isRunning}
        onSelect={() => void attempt(() => (ofOpenFlow?.makeTest ?? makeTest)(run))}
      >
        Make a test of it
      </MenuItem>
      <MenuItem
        icon={<Download size={16} aria-hidden />}
        isDisabled={isRunning}
        onSelect={() => void attempt(() => saveRun(run))}
      >
        Export JSON
      </MenuItem>
      {trace !== 'full' && (
        <MenuItem
          icon={<Eye size={16} aria-hidden />}
          hint="Not all values of this run were recorded."
          onSelect={() => {
            if (ofOpenFlow !== undefined) ofOpenFlow.recordEverything()
            else void attempt(() => recordEverything(flowId, flowName))
          }}
        >
          Record everything from now on
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem
        icon={<Trash2 size={16} aria-hidden />}
        isDangerous
        isDisabled={isRunning}
        shortcut="Delete"
        hint={isRunning ? 'It still runs. Stop it first.' : undefined}
        onSelect={onDelete}
      >
        Delete…
      </MenuItem>
    </>
  )
}
