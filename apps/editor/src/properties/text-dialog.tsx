import { writePlaceholder, type Type } from '@millrace/flow'
import { Braces, TriangleAlert, Wand } from 'lucide-react'
import { useId, useRef, useState, type ReactNode } from 'react'
import frame from '../text-editor/editor-frame.module.css'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import type { ChipEditorHandle } from './chip-editor.tsx'
import { hasChips, partsOf } from './chip-text.ts'
import { DraftDialog } from './draft-dialog.tsx'
import { LazyChipEditor } from './lazy-editors.tsx'
import { templateNotes, type TemplateRules } from './template-notes.ts'
import styles from './text-dialog.module.css'
import { useChipPopovers } from './use-chip-popovers.tsx'

/** How a text is edited large. */
export interface LargeEditor {
  readonly title: string
  /** Named above the text, where the title is not its name. */
  readonly label?: string
  /** For a template. */
  readonly template?: TemplateRules
  /** Shown while there is no text; it can be started from. */
  readonly byDefault?: string
  /** Stands beside the text and follows it. */
  readonly preview?: (text: string) => ReactNode
}

export interface TextDialogProps {
  readonly editor: LargeEditor
  readonly nodeId: string
  readonly text: string
  readonly wanted: Type
  readonly onAccept: (text: string) => void
  readonly onClose: () => void
}

/** The large editor of a text. It edits a draft: only OK changes the document, as one edit. */
export function TextDialog(props: TextDialogProps) {
  const { nodeId } = props
  const { title, label = title, template, byDefault, preview } = props.editor
  const [draft, setDraft] = useState(props.text)
  const editor = useRef<ChipEditorHandle>(null)
  const labelId = useId()
  const notesId = useId()
  const { chips, insertValue, formatValue, popovers } = useChipPopovers({
    nodeId,
    editor,
    text: draft,
    wanted: props.wanted,
  })

  return (
    <DraftDialog
      title={title}
      size={preview === undefined ? 'large' : 'wide'}
      isChanged={draft !== props.text}
      note={lengthOf(draft)}
      onAccept={() => props.onAccept(draft)}
      onClose={props.onClose}
      onKeep={() => editor.current?.focus()}
    >
      <div className={styles.sides} data-several={preview !== undefined || undefined}>
        <div className={styles.side}>
          <div className={styles.tools}>
            <span id={labelId} className={label === title ? 'visually-hidden' : styles.label}>
              {label}
            </span>
            <Button
              size="small"
              icon={<Braces size={14} aria-hidden />}
              aria-haspopup="dialog"
              onClick={(event) => insertValue(event.currentTarget)}
            >
              Insert value
            </Button>
            {hasChips(draft) && (
              <Button
                size="small"
                icon={<Wand size={14} aria-hidden />}
                aria-haspopup="dialog"
                onClick={formatValue}
              >
                Format value
              </Button>
            )}
            {placeholdersOf(template).map(([text, meaning]) => (
              <button
                key={text}
                type="button"
                className={styles.placeholder}
                aria-label={`Insert ${text}`}
                title={meaning}
                onClick={() => editor.current?.insertText(text)}
              >
                {text}
              </button>
            ))}
          </div>
          <div
            className={`${frame.frame} ${frame.filled} ${styles.editor}`}
            data-template={template !== undefined || undefined}
          >
            <LazyChipEditor
              handle={editor}
              text={draft}
              onChange={setDraft}
              {...chips}
              labelledBy={labelId}
              describedBy={notesId}
              placeholder={byDefault}
              placeholders={template}
              isMultiline
              isDraft
            />
          </div>
          <div id={notesId} className={styles.notes} role="status">
            {(template === undefined ? [] : templateNotes(draft, template)).map(
              ({ message, fix }) => (
                <p key={message} className={styles.warning}>
                  <TriangleAlert size={14} aria-hidden />
                  <span>{message}</span>
                  {fix !== undefined && (
                    <button
                      type="button"
                      className={styles.fix}
                      onClick={() => editor.current?.insertText(fix.text, fix.range)}
                    >
                      {fix.range === undefined ? 'Insert' : 'Use'} <code>{fix.text}</code>
                    </button>
                  )}
                </p>
              ),
            )}
            {draft === '' && byDefault !== undefined && (
              <p>
                Empty, so the template in grey is used.
                <button
                  type="button"
                  className={styles.fix}
                  onClick={() => editor.current?.insertText(byDefault)}
                >
                  Start from it
                </button>
              </p>
            )}
            <p>
              Type <kbd>/</kbd> to insert a variable
              {template !== undefined && (
                <>
                  , <kbd>{template.notation.before}</kbd> for a placeholder
                </>
              )}
              .
            </p>
          </div>
        </div>
        {preview?.(draft)}
      </div>
      {popovers}
    </DraftDialog>
  )
}

const segments = new Intl.Segmenter()

/** How long a text is, in characters as people count them; a variable's own length is not known. */
function lengthOf(text: string): string {
  const parts = partsOf(text)
  const plain = parts.filter((part) => typeof part === 'string').join('')
  const characters = counted([...segments.segment(plain)].length, 'character')
  const variables = parts.filter((part) => typeof part !== 'string').length
  return variables === 0 ? characters : `${characters}, ${counted(variables, 'variable')}`
}

/** Each placeholder as it is written, with what it stands for. */
function placeholdersOf(
  template: TemplateRules | undefined,
): readonly (readonly [string, string])[] {
  if (template === undefined) return []
  return Array.from(template.meanings, ([name, meaning]) => [
    writePlaceholder(name, template.notation),
    meaning,
  ])
}
