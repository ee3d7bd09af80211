import { setFlowFields } from '@millrace/flow'
import { useRef, useState, type KeyboardEvent } from 'react'
import { documentCommands, useDocument, type DocumentState } from '../document/document-store.ts'
import styles from './flow-name.module.css'

/** The flow's name, which becomes a field when it is clicked or Enter is pressed on it. */
export function FlowName() {
  const name = useDocument(selectName)
  const [draft, setDraft] = useState<string | undefined>()
  const button = useRef<HTMLButtonElement>(null)

  function finish(wanted: string | undefined): void {
    const next = wanted?.trim()
    setDraft(undefined)
    if (next)
      documentCommands.edit('Rename the flow', (flow) => setFlowFields(flow, { name: next }))
  }

  function press(event: KeyboardEvent): void {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    finish(event.key === 'Enter' ? draft : undefined)
    requestAnimationFrame(() => button.current?.focus())
  }

  if (draft === undefined) {
    return (
      <h1 className={styles.heading}>
        <title>{`${name} · Millrace`}</title>
        <button
          ref={button}
          type="button"
          className={styles.name}
          title={`${name} — click to rename`}
          onClick={() => setDraft(name)}
        >
          {name}
        </button>
      </h1>
    )
  }
  return (
    <h1 className={styles.heading}>
      <input
        className={styles.field}
        aria-label="Name of the flow"
        value={draft}
        maxLength={120}
        autoFocus
        size={Math.max(8, draft.length + 1)}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => finish(draft)}
        onKeyDown={press}
      />
    </h1>
  )
}

function selectName(state: DocumentState): string {
  return state.flow.name
}
