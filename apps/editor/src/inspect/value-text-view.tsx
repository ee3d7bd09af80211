import { useMemo } from 'react'
import { textChunks } from './text-chunks.ts'
import styles from './value-view.module.css'

export interface ValueTextViewProps {
  readonly label: string
  readonly text: string
  /** JSON is set in letters of one width, as it is aligned. */
  readonly isCode?: boolean
}

/** A text of any length: the browser lays out only the parts in view. */
export function ValueTextView({ label, text, isCode = false }: ValueTextViewProps) {
  const chunks = useMemo(() => textChunks(text), [text])
  return (
    // It scrolls, so keys must reach it.
    <div
      className={styles.text}
      data-code={isCode || undefined}
      role="region"
      tabIndex={0}
      aria-label={label}
    >
      {text === '' ? (
        <i>empty text</i>
      ) : (
        chunks.map((chunk, index) => (
          <div key={index} className={styles.chunk}>
            {chunk}
          </div>
        ))
      )}
    </div>
  )
}
