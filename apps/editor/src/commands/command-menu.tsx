import { Fragment } from 'react'
import { MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { commandContext } from './command-context.ts'
import { commandOf, keysOf, runCommand, type CommandId } from './commands.ts'
import type { CommandPlace, MenuKind } from './command.ts'
import { menuSections } from './menu-sections.ts'
import { labelOf } from './use-command.ts'

export interface CommandMenuProps {
  readonly menu: MenuKind
  readonly place?: CommandPlace | undefined
}

/** The items of a menu, made of the commands that belong to what it was opened on. */
export function CommandMenu({ menu, place }: CommandMenuProps) {
  return menuSections(menu).map((section, index) => (
    <Fragment key={section[0]}>
      {index > 0 && <MenuSeparator />}
      {section.map((id) => (
        <CommandItem key={id} id={id} place={place} />
      ))}
    </Fragment>
  ))
}

function CommandItem({
  id,
  place,
}: {
  readonly id: CommandId
  readonly place: CommandPlace | undefined
}) {
  const command = commandOf(id)
  const context = commandContext(place)
  const Icon = command.icon
  const keys = keysOf(id)
  return (
    <MenuItem
      icon={Icon !== undefined && <Icon size={15} aria-hidden />}
      {...(keys === undefined ? {} : { shortcut: keys })}
      isDangerous={command.isDangerous ?? false}
      isDisabled={command.whyNot?.(context) !== undefined}
      onSelect={() => runCommand(id, place)}
    >
      {labelOf(command, context)}
    </MenuItem>
  )
}
