import { Search } from 'lucide-react'
import type { KeyboardEvent, ReactNode, Ref } from 'react'
import styles from './search-box.module.css'

export interface SearchBoxProps {
  /** What is searched: its name, and shown while it is empty. */
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onKeyDown?: (event: KeyboardEvent) => void
  readonly inputRef?: Ref<HTMLInputElement>
  /** Buttons and figures at its end. */
  readonly children?: ReactNode
}

/** The field over a list that is searched. */
export function SearchBox({ label, value, onChange, children, ...rest }: SearchBoxProps) {
  return (
    <div className={styles.box}>
      <Search size={15} aria-hidden />
      <input
        ref={rest.inputRef}
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={rest.onKeyDown}
      />
      {children}
    </div>
  )
}
