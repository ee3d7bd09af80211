import { Braces, ChevronDown, Pencil, Wand } from 'lucide-react'
import { memo } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './text-control.module.css'

export interface TextToolsProps {
  readonly labelId: string
  /** Named when there are suggestions. */
  readonly suggestsLabel: string | undefined
  /** Whether the text has a large editor. */
  readonly isLarge: boolean
  /** Whether a chip stands in the text whose value can be formatted. */
  readonly hasFormat: boolean
  readonly onSuggest: () => void
  readonly onOpenLarge: () => void
  readonly onFormat: () => void
  readonly onInsert: (anchor: Element) => void
}

/** The buttons in a text field. Typing does not draw them: a tooltip costs more than a letter. */
export const TextTools = memo(function TextTools(props: TextToolsProps) {
  const { labelId, suggestsLabel, isLarge, hasFormat, onInsert } = props
  return (
    <div className={styles.tools}>
      {suggestsLabel !== undefined && (
        <IconButton
          label={suggestsLabel}
          className={styles.tool ?? ''}
          aria-describedby={labelId}
          onClick={props.onSuggest}
        >
          <ChevronDown size={14} aria-hidden />
        </IconButton>
      )}
      {isLarge && (
        <IconButton
          label="Open large editor"
          className={styles.tool ?? ''}
          aria-describedby={labelId}
          aria-haspopup="dialog"
          onClick={props.onOpenLarge}
        >
          <Pencil size={14} aria-hidden />
        </IconButton>
      )}
      {hasFormat && (
        <IconButton
          label="Format value"
          className={styles.tool ?? ''}
          aria-describedby={labelId}
          aria-haspopup="dialog"
          onClick={props.onFormat}
        >
          <Wand size={14} aria-hidden />
        </IconButton>
      )}
      <IconButton
        label="Insert value"
        shortcut="/"
        className={styles.tool ?? ''}
        aria-describedby={labelId}
        aria-haspopup="dialog"
        onClick={(event) => onInsert(event.currentTarget)}
      >
        <Braces size={14} aria-hidden />
      </IconButton>
    </div>
  )
})
