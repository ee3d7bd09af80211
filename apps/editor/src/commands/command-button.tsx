import type { ReactNode } from 'react'
import { IconButton, type IconButtonProps } from '../ui/icon-button.tsx'
import { runCommand, keysOf, type CommandId } from './commands.ts'
import { useCommand } from './use-command.ts'

export interface CommandButtonProps extends Pick<IconButtonProps, 'tooltipSide' | 'className'> {
  readonly command: CommandId
  readonly size?: number
  /** In the place of the command's picture. */
  readonly children?: ReactNode
}

/** A button with a command's picture; its name, its keys and whether it can be pressed are the command's. */
export function CommandButton({ command: id, size = 16, children, ...rest }: CommandButtonProps) {
  const { command, label, whyNot, isOn } = useCommand(id)
  const Icon = command.icon
  const keys = keysOf(id)
  return (
    <IconButton
      {...rest}
      label={label}
      {...(keys === undefined ? {} : { shortcut: keys })}
      {...(isOn === undefined ? {} : { isPressed: isOn })}
      disabled={whyNot !== undefined}
      onClick={() => runCommand(id)}
    >
      {children ?? (Icon !== undefined && <Icon size={size} aria-hidden />)}
    </IconButton>
  )
}
