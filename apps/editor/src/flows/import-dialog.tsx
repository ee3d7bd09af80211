import type { Flow } from '@millrace/flow'
import { CircleAlert, CircleCheck, FileInput } from 'lucide-react'
import { useId, useState, type DragEvent, type ReactNode } from 'react'
import { useConnections } from '../connections/connection-store.ts'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { TextArea } from '../ui/text-field.tsx'
import styles from './import-dialog.module.css'
import { readImport, type ImportedFlow } from './read-import.ts'
import { textOfDrop } from './text-of-drop.ts'

export interface ImportDialogProps {
  /** A text that was dropped or pasted already. */
  readonly text?: string | undefined
  readonly onClose: () => void
  /** Stores it as a flow of its own. */
  readonly onCreate: (flow: Flow) => Promise<void>
  /** Puts it in the place of the open flow's content; not offered when absent. */
  readonly onReplace?: ((flow: Flow) => void) | undefined
}

/** Takes a flow from a file, a drop or the clipboard, and says what is wrong with it or missing. */
export function ImportDialog({
  text: given = '',
  onClose,
  onCreate,
  onReplace,
}: ImportDialogProps) {
  const [text, setText] = useState(given)
  const [isBusy, setIsBusy] = useState(false)
  const connections = useConnections((state) => state.connections)
  const imported = text.trim() === '' ? undefined : readImport(text, connections)
  const flow = imported?.status === 'flow' ? imported.flow : undefined

  async function create(): Promise<void> {
    if (flow === undefined) return
    setIsBusy(true)
    await onCreate(flow)
    setIsBusy(false)
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Import a flow"
      description="A flow document, as Export saves it. Keys and passwords are never in one."
      footer={
        <>
          {text !== '' && (
            <Button className={styles.again} variant="quiet" onClick={() => setText('')}>
              Take another
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          {onReplace !== undefined && (
            <Button disabled={flow === undefined} onClick={() => flow && onReplace(flow)}>
              Replace this flow
            </Button>
          )}
          <Button
            variant="primary"
            isBusy={isBusy}
            disabled={flow === undefined}
            onClick={() => void create()}
          >
            Import as new flow
          </Button>
        </>
      }
    >
      {imported === undefined ? <Source onText={setText} /> : <Review imported={imported} />}
    </Dialog>
  )
}

function Source({ onText }: { readonly onText: (text: string) => void }) {
  const inputId = useId()
  const [isOver, setIsOver] = useState(false)

  function drop(event: DragEvent): void {
    event.preventDefault()
    setIsOver(false)
    void textOfDrop(event.dataTransfer).then(onText)
  }

  return (
    <div className={styles.source}>
      <label
        htmlFor={inputId}
        className={styles.drop}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <FileInput size={20} aria-hidden />
        <span>
          Drop a file here, or <u>choose one</u>
        </span>
        <input
          id={inputId}
          className="visually-hidden"
          type="file"
          accept=".json,application/json"
          onChange={(event) => void event.target.files?.[0]?.text().then(onText)}
        />
      </label>
      <Field label="Or paste its text">
        <TextArea
          value=""
          isMono
          rows={4}
          placeholder={'{ "format": "millrace/flow", … }'}
          onChange={onText}
        />
      </Field>
    </div>
  )
}

function Review({ imported }: { readonly imported: ImportedFlow }) {
  switch (imported.status) {
    case 'malformed':
      return (
        <div className={styles.review}>
          <Line tone="error">
            {imported.problems.length === 1
              ? 'It cannot be imported:'
              : `It cannot be imported, for ${imported.problems.length} reasons:`}
          </Line>
          <ul className={styles.problems} tabIndex={0} aria-label="Problems of the document">
            {imported.problems.map((problem, index) => (
              <li key={index}>{problem.message}</li>
            ))}
          </ul>
        </div>
      )
    case 'newer':
      return (
        <Line tone="error">
          It is written in version {imported.version} of the flow format, which this Millrace does
          not know. Update Millrace first.
        </Line>
      )
    case 'flow':
      return (
        <div className={styles.review}>
          <Line tone="ok">
            <strong>{imported.flow.name}</strong>, {imported.flow.nodes.length}{' '}
            {imported.flow.nodes.length === 1 ? 'node' : 'nodes'}
          </Line>
          {imported.connections.length > 0 && (
            <>
              <h3 className={styles.heading}>Connections it asks for</h3>
              <ul className={styles.connections}>
                {imported.connections.map(({ id, kinds, isHere }) => (
                  <li key={id} data-here={isHere || undefined}>
                    {isHere ? (
                      <CircleCheck size={14} aria-hidden />
                    ) : (
                      <CircleAlert size={14} aria-hidden />
                    )}
                    <span>
                      <code>{id}</code>{' '}
                      {isHere
                        ? 'is on this server'
                        : `is not on this server. After the import, choose another or make one (${kinds.map(titleOfKind).join(' or ')}).`}
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )
  }
}

function Line({ tone, children }: { readonly tone: 'ok' | 'error'; readonly children: ReactNode }) {
  return (
    <p className={styles.line} data-tone={tone} role={tone === 'error' ? 'alert' : 'status'}>
      {tone === 'ok' ? (
        <CircleCheck size={16} aria-hidden />
      ) : (
        <CircleAlert size={16} aria-hidden />
      )}
      <span>{children}</span>
    </p>
  )
}

function titleOfKind(kind: string): string {
  return registry.connections.get(kind)?.title ?? kind
}
