import { useEffect, useRef } from 'react'
import { SearchBox } from '../ui/search-box.tsx'

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
    <SearchBox
      label="Search fields"
      inputRef={input}
      value={query}
      onChange={onChange}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onLeave()
      }}
    />
  )
}
