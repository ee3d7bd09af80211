import { parseFlow, type Flow } from '@millrace/flow'
import { useEffect, useState, type ReactNode } from 'react'
import { toast } from 'sonner'
import { toApiError } from '../api/api-error.ts'
import { readFlow } from '../api/flows-api.ts'
import { designerPath, navigate } from '../app/router.ts'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { createWithFreeId } from '../flows/create-with-free-id.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import styles from './conflict-dialog.module.css'
import { describeChanges } from './describe-changes.ts'
import { drafts, saver, useSaveStatus } from './saving.ts'

/** Asks which version stays, when a flow was changed or deleted elsewhere. Nothing is lost by any answer. */
export function ConflictDialog() {
  const status = useSaveStatus()
  if (status.kind === 'conflict') return <ChangedElsewhere />
  if (status.kind === 'deleted') return <DeletedElsewhere />
  return null
}

function ChangedElsewhere() {
  const mine = useDocument((state) => state.flow)
  const [theirs, setTheirs] = useState<{ flow: Flow; revision: string } | undefined>()
  const [busy, setBusy] = useState<'theirs' | 'mine' | 'copy' | undefined>()
  const { id } = mine

  useEffect(() => {
    const leaving = new AbortController()
    void readTheirs(id, leaving.signal).then(setTheirs, (thrown: unknown) => {
      if (!leaving.signal.aborted) toast.error(toApiError(thrown).message)
    })
    return () => leaving.abort()
  }, [id])

  async function choose(choice: 'theirs' | 'mine' | 'copy'): Promise<void> {
    setBusy(choice)
    try {
      // Read anew: yet another version may have come while the question stood.
      const latest = await readTheirs(id)
      if (choice === 'theirs') takeTheirs(latest)
      else if (choice === 'mine') await saver.saveOver(latest.revision)
      else await keepCopy(mine)
    } catch (thrown) {
      toast.error(toApiError(thrown).message)
    } finally {
      setBusy(undefined)
    }
  }

  return (
    <Dialog
      isOpen
      isDismissible={false}
      onClose={() => undefined}
      title={`“${mine.name}” was changed elsewhere`}
      description="Another window or person saved this flow after you opened it. Choose what becomes of your changes."
    >
      <p className={styles.difference}>
        {theirs === undefined
          ? 'Reading the other version…'
          : `Yours, compared with theirs: ${describeChanges(theirs.flow, mine)}.`}
      </p>
      <ul className={styles.choices}>
        <Choice
          title="Keep mine as a copy"
          text="Your version becomes a flow of its own; theirs stays as it is."
          button={
            <Button variant="primary" isBusy={busy === 'copy'} onClick={() => void choose('copy')}>
              Keep a copy
            </Button>
          }
        />
        <Choice
          title="Load theirs"
          text="You see their version. Undo brings yours back."
          button={
            <Button isBusy={busy === 'theirs'} onClick={() => void choose('theirs')}>
              Load theirs
            </Button>
          }
        />
        <Choice
          title="Overwrite theirs"
          text="Your version replaces theirs on the server."
          button={
            <Button isBusy={busy === 'mine'} onClick={() => void choose('mine')}>
              Overwrite
            </Button>
          }
        />
      </ul>
    </Dialog>
  )
}

function DeletedElsewhere() {
  const flow = useDocument((state) => state.flow)

  function discard(): void {
    forget(flow)
    navigate('/')
  }

  return (
    <Dialog
      isOpen
      isDismissible={false}
      onClose={() => undefined}
      title={`“${flow.name}” was deleted elsewhere`}
      description="The flow is no longer on the server. This window still has all of it."
      footer={
        <>
          <Button onClick={discard}>Let it go</Button>
          <Button variant="primary" onClick={() => void saver.saveOver(undefined)}>
            Save it again
          </Button>
        </>
      }
    />
  )
}

function Choice(props: {
  readonly title: string
  readonly text: string
  readonly button: ReactNode
}) {
  return (
    <li className={styles.choice}>
      <div>
        <h3>{props.title}</h3>
        <p>{props.text}</p>
      </div>
      {props.button}
    </li>
  )
}

async function readTheirs(
  id: string,
  signal?: AbortSignal,
): Promise<{ flow: Flow; revision: string }> {
  const { document, revision } = await readFlow(id, signal)
  const parsed = parseFlow(document)
  if (parsed.status === 'flow') return { flow: parsed.flow, revision }
  throw new Error('The other version cannot be shown by this editor. Keep yours as a copy.')
}

function takeTheirs({ flow, revision }: { flow: Flow; revision: string }): void {
  documentCommands.edit('Load the other version', () => flow)
  documentCommands.markSaved(flow, revision)
  drafts.discard(flow.id)
  saver.setStatus({ kind: 'rested' })
}

async function keepCopy(mine: Flow): Promise<void> {
  const copy = await createWithFreeId({ ...mine, name: `${mine.name} (my version)` })
  forget(mine)
  navigate(designerPath(copy.id))
  toast.success(`Your version is now “${copy.name}”.`)
}

/** Lets the open document go, since it is safe elsewhere or not wanted: leaving it saves nothing. */
function forget(flow: Flow): void {
  drafts.discard(flow.id)
  documentCommands.open(flow, undefined)
  saver.setStatus({ kind: 'rested' })
}
