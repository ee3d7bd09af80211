import { useSyncExternalStore } from 'react'
import { usePanelLayout } from '../app/panel-layout.ts'
import { useDocument } from '../document/document-store.ts'
import { useOpenedRun } from '../replay/opened-run.ts'
import { usePins } from '../pins/pin-store.ts'
import { useReplay } from '../replay/replay-store.ts'
import { subscribeToRun } from '../run/run-store.ts'
import { useSearch } from '../search/search-store.ts'
import { useSession } from '../session/session-store.ts'
import { commandContext } from './command-context.ts'
import { commandOf, type CommandId } from './commands.ts'
import { whyNotNow, type Command, type CommandContext } from './command.ts'

/** A command as a button shows it now. */
export interface CommandNow {
  readonly command: Command
  readonly label: string
  readonly whyNot: string | undefined
  /** For a toggle: whether it is on. */
  readonly isOn: boolean | undefined
}

/** A command as it is now; the component is drawn again only when one of these changes. */
export function useCommand(id: CommandId): CommandNow {
  const command = commandOf(id)
  return {
    command,
    label: useNow((context) => labelOf(command, context)),
    whyNot: useNow((context) => whyNotNow(command, context)),
    isOn: useNow((context) => command.isOn?.(context)),
  }
}

/** What a menu or button calls a command now. */
export function labelOf(command: Command, context: CommandContext): string {
  return command.labelNow?.(context) ?? command.label
}

function useNow<Value extends string | boolean | undefined>(
  read: (context: CommandContext) => Value,
): Value {
  return useSyncExternalStore(subscribe, () => read(commandContext()))
}

const subscriptions = [
  useDocument.subscribe,
  useSession.subscribe,
  usePanelLayout.subscribe,
  useSearch.subscribe,
  useOpenedRun.subscribe,
  useReplay.subscribe,
  subscribeToRun,
  usePins.subscribe,
]

function subscribe(onChange: () => void): () => void {
  const leave = subscriptions.map((follow) => follow(onChange))
  return () => {
    for (const unsubscribe of leave) unsubscribe()
  }
}
