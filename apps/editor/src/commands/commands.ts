import { commandContext } from './command-context.ts'
import { alignCommands } from './align-commands.ts'
import { annotateCommands } from './annotate-commands.ts'
import { whyNotNow, type Command, type CommandPlace } from './command.ts'
import { drawCommands } from './draw-commands.ts'
import { editCommands } from './edit-commands.ts'
import { flowCommands } from './flow-commands.ts'
import { goCommands } from './go-commands.ts'
import { inspectCommandTable } from './inspect-commands.ts'
import { helpCommands } from './help-commands.ts'
import { chosenKeys } from './key-choices.ts'
import { orderCommands } from './order-commands.ts'
import { panelCommands } from './panel-commands.ts'
import { partCommands } from './part-commands.ts'
import { portCommands } from './port-commands.ts'
import { themeCommands } from './theme-commands.ts'
import { viewCommands } from './view-commands.ts'

/**
 * All that a designer can do with the open flow, by id. Keys are bound from this table, and menus,
 * buttons, the command palette and the help sheet are made of it. None takes Tab, which moves the focus.
 */
export const commands = {
  ...flowCommands,
  ...partCommands,
  ...drawCommands,
  ...portCommands,
  ...orderCommands,
  ...editCommands,
  ...annotateCommands,
  ...alignCommands,
  ...goCommands,
  ...viewCommands,
  ...panelCommands,
  ...inspectCommandTable,
  ...themeCommands,
  ...helpCommands,
} as const satisfies Readonly<Record<string, Command>>

export type CommandId = keyof typeof commands

/** The ids of all commands, in the order of the table. */
export const commandIds = Object.keys(commands) as readonly CommandId[] // the keys of the table above

/** The command with an id. */
export function commandOf(id: CommandId): Command {
  return commands[id]
}

/** All keys that a command answers to: those that a designer chose, or its own. */
export function allKeysOf(id: CommandId): readonly string[] {
  return chosenKeys(id) ?? commandOf(id).keys ?? []
}

/** The keys of a command as menus and tooltips show them; `undefined` for one without. */
export function keysOf(id: CommandId): string | undefined {
  return allKeysOf(id)[0]
}

/** Does it, if it can be done now. */
export function runCommand(id: CommandId, place?: CommandPlace): void {
  const command = commandOf(id)
  const context = commandContext(place)
  if (whyNotNow(command, context) === undefined) command.run(context)
}
