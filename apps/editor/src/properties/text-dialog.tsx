import type { Type } from '@millrace/flow'
import { Braces, TriangleAlert } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import type { ChipEditorHandle, InsertionPoint } from './chip-editor.tsx'
import { LazyChipEditor } from './lazy-editors.tsx'
import { unknownPlaceholders } from './placeholders.ts'
import { nearestReferences, useChipLook, useScopes } from './scopes.ts'
import styles from './text-dialog.module.css'
import { VariablePicker } from './variable-picker.tsx'

export interface TextDialogProps {
  readonly title: string
  readonly nodeId: string
  readonly text: string
  readonly wanted: Type
  readonly placeholders?: Readonly<Record<string, string>> | undefined
  readonly onAccept: (text: string) => void
  readonly onClose: () => void
}

type Picking = Partial<InsertionPoint> &
  Pick<InsertionPoint, 'anchor'> & { readonly nearest?: readonly string[] }

/** The large editor of a text. It edits a draft: only OK changes the document, as one edit. */
export function TextDialog(props: TextDialogProps) {
  const { nodeId, placeholders } = props
  const [draft, setDraft] = useState(props.text)
  const [picking, setPicking] = useState<Picking>()
  const editor = useRef<ChipEditorHandle>(null)
  const labelId = useId()
  const lookOf = useChipLook(nodeId)
  const { scopes } = useScopes()
  const unknown = placeholders === undefined ? [] : unknownPlaceholders(draft, placeholders)

  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      size="large"
      title={<span id={labelId}>{props.title}</span>}
      footer={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button variant="primary" onClick={() => props.onAccept(draft)}>
            OK
          </Button>
        </>
      }
    >
      <div className={styles.tools}>
        <Button
          size="small"
          icon={<Braces size={14} aria-hidden />}
          onClick={(event) => setPicking({ anchor: event.currentTarget })}
        >
          Insert variable
        </Button>
        {Object.entries(placeholders ?? {}).map(([name, meaning]) => (
          <button
            key={name}
            type="button"
            className={styles.placeholder}
            title={`Insert @@${name}: ${meaning}`}
            onClick={() => editor.current?.insertText(`@@${name}`)}
          >
            @@{name}
          </button>
        ))}
      </div>
      <div className={styles.editor} data-template={placeholders !== undefined || undefined}>
        <LazyChipEditor
          handle={editor}
          text={draft}
          onChange={setDraft}
          lookOf={lookOf}
          onSlash={setPicking}
          onFix={({ reference, range, anchor }) => {
            setPicking({
              anchor,
              ...range,
              nearest: nearestReferences(reference, scopes.at(nodeId)),
            })
          }}
          labelledBy={labelId}
          placeholders={placeholders}
          isMultiline
          isDraft
        />
      </div>
      <p className={styles.note} aria-live="polite">
        {unknown.length > 0 ? (
          <span className={styles.warning}>
            <TriangleAlert size={14} aria-hidden />
            {unknown.map((name) => `@@${name}`).join(', ')}{' '}
            {unknown.length === 1 ? 'is no placeholder and is' : 'are no placeholders and are'} sent
            as it stands.
          </span>
        ) : (
          <>
            Type <kbd>/</kbd> to insert a variable.
          </>
        )}
      </p>
      {picking !== undefined && (
        <VariablePicker
          nodeId={nodeId}
          wanted={props.wanted}
          takesJson={draft.length > 1}
          anchor={picking.anchor}
          {...(picking.nearest === undefined ? {} : { nearest: picking.nearest })}
          onChoose={(reference) => {
            editor.current?.insertReference(reference, rangeOf(picking))
            setPicking(undefined)
          }}
          onClose={(inserted) => {
            setPicking(undefined)
            if (inserted !== undefined) editor.current?.insertText(inserted)
            else editor.current?.focus()
          }}
        />
      )}
    </Dialog>
  )
}

function rangeOf({ from, to }: Picking): { from: number; to: number } | undefined {
  return from === undefined || to === undefined ? undefined : { from, to }
}
