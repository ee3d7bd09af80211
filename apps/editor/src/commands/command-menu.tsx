import { Fragment } from 'react'
import { MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { commandContext } from './command-context.ts'
import { commandOf, keysOf, runCommand, type CommandId } from './commands.ts'
import { whyNotNow, type CommandPlace, type MenuKind } from './command.ts'
import { menuSections } from './menu-sections.ts'
import { labelOf } from './use-command.ts'

export interface CommandMenuProps {
  readonly menu: MenuKind
  readonly place?: CommandPlace | undefined
  /** Where a letter means something else than on the canvas, the menu shows none. */
  readonly hasLetters?: boolean
}

/** The items of a menu, made of the commands that belong to what it was opened on. */
export function CommandMenu({ menu, place, hasLetters = true }: CommandMenuProps) {
  return menuSections(menu, commandContext(place)).map((section, index) => (
    <Fragment key={section[0]}>
      {index > 0 && <MenuSeparator />}
      {section.map((id) => (
        <CommandItem key={id} id={id} place={place} hasLetters={hasLetters} />
      ))}
    </Fragment>
  ))
}

/** One command in a menu of any kind. */
export interface CommandItemProps extends Pick<CommandMenuProps, 'place' | 'hasLetters'> {
  readonly id: CommandId
}

export function CommandItem({ id, place, hasLetters = true }: CommandItemProps) {
  const command = commandOf(id)
  const context = commandContext(place)
  const Icon = command.icon
  const keys = hasLetters || keysOf(id)?.length !== 1 ? keysOf(id) : undefined
  return (
    <MenuItem
      icon={Icon !== undefined && <Icon size={15} aria-hidden />}
      {...(keys === undefined ? {} : { shortcut: keys })}
      isDangerous={command.isDangerous ?? false}
      isDisabled={whyNotNow(command, context) !== undefined}
      onSelect={() => runCommand(id, place)}
    >
      {labelOf(command, context)}
    </MenuItem>
  )
}
