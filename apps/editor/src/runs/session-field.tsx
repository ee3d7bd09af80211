import { useState } from 'react'
import control from '../ui/control.module.css'

interface SessionFieldProps {
  readonly className: string
  readonly onFind: (sessionId: string) => void
}

/** Finds the runs of one session by its whole id, as a client's own log names it. */
export function SessionField({ className, onFind }: SessionFieldProps) {
  const [text, setText] = useState('')
  const id = text.trim()
  return (
    <form
      className={className}
      onSubmit={(event) => {
        event.preventDefault()
        if (id !== '') onFind(id)
      }}
    >
      <input
        className={control.control}
        aria-label="Session"
        placeholder="Session id"
        title="The whole id; Enter finds its runs."
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  )
}
