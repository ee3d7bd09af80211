import { Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
import styles from './properties-panel.module.css'

export interface FieldSearchProps {
  readonly query: string
  readonly onChange: (query: string) => void
  /** Escape in it. */
  readonly onLeave: () => void
  /** Whether it was asked for, and so takes the focus. */
  readonly isWanted: boolean
}

/** Narrows the fields of a long panel. */
export function FieldSearch({ query, onChange, onLeave, isWanted }: FieldSearchProps) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isWanted) input.current?.select()
  }, [isWanted])
  return (
    <div className={styles.search}>
      <Search size={14} aria-hidden />
      <input
        ref={input}
        type="search"
        aria-label="Search fields"
        placeholder="Search fields"
        value={query}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onLeave()
        }}
      />
    </div>
  )
}
