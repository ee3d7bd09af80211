import {
  SquareTerminal,
  CloudUpload,
  Copy,
  Download,
  FileInput,
  History,
  Play,
  Rewind,
  Save,
  Share2,
  Trash2,
} from 'lucide-react'
import { deleteOpenFlow, duplicateOpenFlow } from '../app/open-flow-actions.ts'
import { apiPath, navigate, versionsPath } from '../app/router.ts'
import { runOrStop } from '../app/run-flow.ts'
import { isChatFlow } from '../document/trigger-of.ts'
import { exportFlow } from '../flows/export-flow.ts'
import { attempt } from '../flows/flow-actions.ts'
import { pinsLabel } from '../pins/pin-words.ts'
import { countUsedPins } from '../pins/pinned-nodes.ts'
import { toggleReplay, useReplay } from '../replay/replay-store.ts'
import { runCommands, selectIsRunning } from '../run/run-store.ts'
import { saveNow } from '../saving/saving.ts'
import { sessionCommands } from '../session/session-store.ts'
import type { Command } from './command.ts'

/** What can be done with the open flow as a whole. */
export const flowCommands = {
  run: {
    label: 'Run, or stop the run',
    group: 'Flow',
    scope: 'outsideDialogs',
    keys: ['Ctrl+Enter'],
    icon: Play,
    words: 'start execute test try',
    labelNow: runLabel,
    run: runOrStop,
  },
  replay: {
    label: 'Replay the run',
    group: 'Run',
    isOfRun: true,
    scope: 'outsideDialogs',
    keys: ['Alt+R'],
    icon: Rewind,
    menus: ['flow'],
    words: 'time line scrub step play back debug history',
    isOn: () => useReplay.getState().isOpen,
    whyNot: () =>
      useReplay.getState().isOpen || runCommands.current().log.events.length > 0
        ? undefined
        : 'Run the flow first, or open a run.',
    run: toggleReplay,
  },
  save: {
    label: 'Save now',
    group: 'Flow',
    scope: 'everywhere',
    keys: ['Ctrl+S'],
    icon: Save,
    run: () => void saveNow(),
  },
  publish: {
    label: 'Publish…',
    group: 'Flow',
    icon: CloudUpload,
    menus: ['flow'],
    words: 'deploy release production test environment live unpublish roll back',
    run: () => sessionCommands.open({ kind: 'publish' }),
  },
  share: {
    label: 'Share…',
    group: 'Flow',
    icon: Share2,
    menus: ['flow'],
    words: 'public chat page widget embed visitors link origin',
    whyNot: ({ document }) =>
      isChatFlow(document.flow)
        ? undefined
        : 'Only a flow with a Chat completion trigger is a chat.',
    run: () => sessionCommands.open({ kind: 'share' }),
  },
  versions: {
    label: 'Version history',
    group: 'Flow',
    icon: History,
    menus: ['flow'],
    words: 'revisions changes restore diff compare earlier',
    run: ({ document }) => navigate(versionsPath(document.flow.id)),
  },
  api: {
    label: 'API',
    group: 'Flow',
    icon: SquareTerminal,
    menus: ['flow'],
    words: 'endpoint curl code client',
    run: ({ document }) => navigate(apiPath(document.flow.id)),
  },
  export: {
    label: 'Export JSON',
    group: 'Flow',
    icon: Download,
    menus: ['flow'],
    words: 'download file',
    run: ({ document }) => exportFlow(document.flow),
  },
  import: {
    label: 'Import…',
    group: 'Flow',
    icon: FileInput,
    menus: ['flow'],
    words: 'upload file JSON replace',
    run: () => sessionCommands.open({ kind: 'import' }),
  },
  duplicateFlow: {
    label: 'Duplicate the flow',
    group: 'Flow',
    icon: Copy,
    menus: ['flow'],
    words: 'copy',
    run: () => void attempt(duplicateOpenFlow),
  },
  deleteFlow: {
    label: 'Delete the flow',
    group: 'Flow',
    icon: Trash2,
    menus: ['flow'],
    isDangerous: true,
    words: 'remove',
    run: () => void attempt(deleteOpenFlow),
  },
} as const satisfies Readonly<Record<string, Command>>

function runLabel(): string {
  if (selectIsRunning(runCommands.current())) return 'Stop'
  const pins = countUsedPins()
  return pins === 0 ? 'Run' : `Run ${pinsLabel(pins)}`
}
