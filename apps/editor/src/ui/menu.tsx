import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'
import styles from './popup.module.css'

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement
  readonly align?: 'start' | 'center' | 'end'
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  readonly children: ReactNode
}

/** A menu of commands that drops from a button. */
export function Menu({ trigger, align = 'end', side = 'bottom', children }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={4} className={styles.positioner}>
          <Base.Popup className={styles.popup}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export interface MenuItemProps {
  readonly icon?: ReactNode
  /** Written `Ctrl+D`; only shown, the shortcut itself is bound elsewhere. */
  readonly shortcut?: string
  readonly isDangerous?: boolean
  readonly isDisabled?: boolean
  /** A second line, which says what it does. */
  readonly hint?: string | undefined
  /** The pointer or the focus came upon it. */
  readonly onHighlight?: () => void
  readonly onSelect: () => void
  readonly children: ReactNode
}

/** One command of a `Menu` or a `ContextMenu`. */
export function MenuItem(props: MenuItemProps) {
  return (
    <Base.Item
      className={styles.item}
      disabled={props.isDisabled ?? false}
      data-danger={props.isDangerous || undefined}
      onClick={props.onSelect}
      onFocus={props.onHighlight}
      onMouseEnter={props.onHighlight}
    >
      {props.icon}
      <span className={styles.itemText}>
        {props.children}
        {props.hint !== undefined && <span className={styles.itemHint}>{props.hint}</span>}
      </span>
      {props.shortcut !== undefined && (
        <span className={styles.itemEnd}>
          <Kbd keys={props.shortcut} />
        </span>
      )}
    </Base.Item>
  )
}

/** A hairline between groups of commands. */
export function MenuSeparator() {
  return <Base.Separator className={styles.separator} />
}

export interface MenuChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly {
    readonly value: Value
    readonly label: string
    readonly icon?: ReactNode
  }[]
  readonly onChange: (value: Value) => void
}

/** Commands of a menu of which exactly one is on. */
export function MenuChoice<Value extends string>(props: MenuChoiceProps<Value>) {
  return (
    <Base.Group>
      <Base.GroupLabel className={styles.groupLabel}>{props.label}</Base.GroupLabel>
      <Base.RadioGroup value={props.value} onValueChange={props.onChange}>
        {props.options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} className={styles.item}>
            {option.icon}
            <span className={styles.itemText}>{option.label}</span>
            <Base.RadioItemIndicator className={styles.itemEnd}>
              <Check size={14} aria-hidden />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  )
}
