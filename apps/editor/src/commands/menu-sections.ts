import { commandContext } from './command-context.ts'
import { commandGroups, editingGroups, type CommandContext, type MenuKind } from './command.ts'
import { commandIds, commandOf, type CommandId } from './commands.ts'

/** The commands of a menu: by subject, in the order of the table, and what is dangerous at the end. */
export function menuSections(
  menu: MenuKind,
  context: CommandContext = commandContext(),
): readonly (readonly CommandId[])[] {
  const members = commandIds.filter((id) => {
    const { menus, isFor, group } = commandOf(id)
    const isOffered = context.ranFlow === undefined || !editingGroups.includes(group)
    return isOffered && menus?.includes(menu) === true && isFor?.(context) !== false
  })
  const isDangerous = (id: CommandId) => commandOf(id).isDangerous === true
  const bySubject = commandGroups.map((group) =>
    members.filter((id) => commandOf(id).group === group && !isDangerous(id)),
  )
  return [...bySubject, members.filter(isDangerous)].filter((section) => section.length > 0)
}
