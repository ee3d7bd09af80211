import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './popup.module.css'

export interface MenuCheckboxProps {
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  readonly children: ReactNode
}

/** An entry of a `Menu` that is ticked or not; the menu stays open for the next one. */
export function MenuCheckbox({ isOn, onChange, children }: MenuCheckboxProps) {
  return (
    <Base.CheckboxItem
      className={styles.item}
      checked={isOn}
      onCheckedChange={onChange}
      closeOnClick={false}
    >
      <span className={styles.itemText}>{children}</span>
      <Base.CheckboxItemIndicator className={styles.itemEnd}>
        <Check size={14} aria-hidden />
      </Base.CheckboxItemIndicator>
    </Base.CheckboxItem>
  )
}
