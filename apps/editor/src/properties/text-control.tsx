import type { JsonValue, Type } from '@millrace/flow'
import { useCallback, useRef, useState } from 'react'
import frame from '../text-editor/editor-frame.module.css'
import { countDrawing } from '../ui/count-drawing.ts'
import { hasChips, readChipText, writeChipText } from './chip-text.ts'
import type { ChipEditorHandle, Suggestions } from './chip-editor.tsx'
import { JsonControl } from './json-control.tsx'
import { LazyChipEditor } from './lazy-editors.tsx'
import { TextDialog, type LargeEditor } from './text-dialog.tsx'
import styles from './text-control.module.css'
import { TextTools } from './text-tools.tsx'
import { useChipPopovers } from './use-chip-popovers.tsx'

export interface TextControlProps {
  readonly nodeId: string
  readonly value: JsonValue | undefined
  readonly onChange: (value: JsonValue | undefined) => void
  readonly labelId: string
  readonly describedBy?: string | undefined
  readonly isInvalid?: boolean
  readonly isRequired?: boolean
  readonly placeholder?: string
  /** What a lone reference must be. */
  readonly wanted: Type
  /** Several lines, with a large editor. */
  readonly large?: LargeEditor
  /** Suggested while somebody types; a button of this name shows them all. */
  readonly suggestions?: Suggestions & { readonly label: string }
  /** How the value is written as text; as a plain string when not given. */
  readonly notation?: TextNotation
}

/** Between a value and the text that stands for it in the editor. */
export interface TextNotation {
  readonly read: (value: JsonValue | undefined) => string | undefined
  readonly write: (text: string) => JsonValue | undefined
}

const plain: TextNotation = { read: readChipText, write: writeChipText }

/** Text in which variables may stand as chips. */
export function TextControl(props: TextControlProps) {
  const { nodeId, value, onChange, labelId, notation = plain } = props
  countDrawing('field', labelId)
  const editor = useRef<ChipEditorHandle>(null)
  const [isLarge, setLarge] = useState(false)
  const [typed, setTyped] = useState('')

  const text = notation.read(value)
  // What was typed stays as it was typed while it means the value that is set.
  const isSame = JSON.stringify(notation.write(typed)) === JSON.stringify(value)
  const shown = isSame ? typed : (text ?? '')
  const { chips, insertValue, formatValue, popovers } = useChipPopovers({
    nodeId,
    editor,
    text: shown,
    wanted: props.wanted,
  })
  const suggest = useCallback(() => editor.current?.suggest(), [])
  const openLarge = useCallback(() => setLarge(true), [])
  if (text === undefined) {
    // A list or a record, which only JSON can show: from a file, or from an older definition.
    return <JsonControl {...props} title="Edit as JSON" />
  }
  return (
    <div
      className={`${frame.frame} ${frame.field} ${styles.box}`}
      data-invalid={props.isInvalid || undefined}
      data-multiline={props.large !== undefined || undefined}
      data-template={props.large?.template !== undefined || undefined}
    >
      <LazyChipEditor
        handle={editor}
        text={shown}
        onChange={(changed) => {
          setTyped(changed)
          onChange(notation.write(changed))
        }}
        {...chips}
        labelledBy={labelId}
        describedBy={props.describedBy}
        placeholder={props.placeholder}
        isMultiline={props.large !== undefined}
        isInvalid={props.isInvalid ?? false}
        isRequired={props.isRequired ?? false}
        placeholders={props.large?.template}
        suggestions={props.suggestions}
      />
      <TextTools
        labelId={labelId}
        suggestsLabel={props.suggestions?.label}
        isLarge={props.large !== undefined}
        hasFormat={props.large === undefined && hasChips(shown)}
        onSuggest={suggest}
        onOpenLarge={openLarge}
        onFormat={formatValue}
        onInsert={insertValue}
      />
      {popovers}
      {isLarge && props.large !== undefined && (
        <TextDialog
          editor={props.large}
          nodeId={nodeId}
          text={shown}
          wanted={props.wanted}
          onAccept={(changed) => {
            setTyped(changed)
            onChange(notation.write(changed))
            setLarge(false)
          }}
          onClose={() => setLarge(false)}
        />
      )}
    </div>
  )
}
