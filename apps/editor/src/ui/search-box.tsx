import { Search } from 'lucide-react'
import type { KeyboardEvent, ReactNode, Ref } from 'react'
import { classNames } from './class-names.ts'
import styles from './search-box.module.css'

export interface SearchBoxProps {
  /** What is searched: its name, and shown while it is empty where no placeholder is. */
  readonly label: string
  readonly placeholder?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onKeyDown?: (event: KeyboardEvent) => void
  readonly inputRef?: Ref<HTMLInputElement>
  /** Its place in what it stands in. */
  readonly className?: string | undefined
  /** Buttons and figures at its end. */
  readonly children?: ReactNode
}

/** The field over a list that is searched. */
export function SearchBox({ label, value, onChange, children, ...rest }: SearchBoxProps) {
  return (
    <div className={classNames(styles.box, rest.className)}>
      <Search size={15} aria-hidden />
      <input
        ref={rest.inputRef}
        type="search"
        aria-label={label}
        placeholder={rest.placeholder ?? label}
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
