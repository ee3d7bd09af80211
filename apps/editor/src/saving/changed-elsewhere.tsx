import { diffFlows, mergeFlows, type Flow } from '@millrace/flow'
import { useMemo, useState, type ReactNode } from 'react'
import { toast } from '../ui/toast.ts'
import { useDocument } from '../document/document-store.ts'
import { attempt } from '../flows/flow-actions.ts'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { counted } from '../ui/counted.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { ComparisonPanel } from '../versions/comparison-panel.tsx'
import { DifferenceWords } from '../versions/difference-words.ts'
import { summarizeDiff } from '../versions/summarize-diff.ts'
import { keepCopy, overwriteTheirs, saveMerged, takeTheirs } from './answers.ts'
import styles from './conflict-dialog.module.css'
import type { SaveConflict, ServerVersion } from './create-saver.ts'
import { loadFlow, saver } from './saving.ts'
import { useOtherVersion, type OtherVersion } from './use-other-version.ts'

type Answer = 'merge' | 'copy' | 'theirs' | 'mine'

/** Shows both versions of a flow that was changed elsewhere, and asks what becomes of them. */
export function ChangedElsewhere({ conflict }: { readonly conflict: SaveConflict }) {
  const mine = useDocument((state) => state.flow)
  const other = useOtherVersion(mine.id, conflict)
  const [busy, setBusy] = useState<Answer | undefined>()
  const base = other.status === 'ready' ? other.base : undefined

  async function answer(choice: Answer): Promise<void> {
    setBusy(choice)
    await attempt(async () => {
      const latest = await loadFlow(mine.id)
      // Nobody is to answer for a version that was not shown.
      if (other.status === 'ready' && other.theirs.revision !== latest.revision) {
        saver.setStatus({ ...conflict, currentRevision: latest.revision })
        toast.info('The flow was saved once more elsewhere. Look at the two again.')
        return
      }
      await act(choice, { mine, base, latest })
    })
    setBusy(undefined)
  }

  return (
    <Dialog
      isOpen
      isDismissible={false}
      onClose={() => undefined}
      size="wide"
      title={`“${mine.name}” was changed elsewhere`}
      description="Another window or person saved this flow after you opened it. Choose what becomes of your changes; nothing is lost by any answer."
    >
      <div className={styles.question}>
        <ul className={styles.choices}>
          {other.status === 'ready' && base !== undefined && (
            <MergeAnswer
              versions={{ base, mine, theirs: other.theirs.flow }}
              busy={busy}
              onAnswer={(choice) => void answer(choice)}
            />
          )}
          <AnswerRow
            title="Keep mine as a copy"
            text="Your version becomes a flow of its own; theirs stays as it is."
          >
            <Button isBusy={busy === 'copy'} onClick={() => void answer('copy')}>
              Keep a copy
            </Button>
          </AnswerRow>
          <AnswerRow title="Load theirs" text="You see their version. Undo brings yours back.">
            <Button isBusy={busy === 'theirs'} onClick={() => void answer('theirs')}>
              Load theirs
            </Button>
          </AnswerRow>
          <AnswerRow
            title="Overwrite theirs"
            text="Your version takes the place of theirs, which stays in the version history."
          >
            <Button isBusy={busy === 'mine'} onClick={() => void answer('mine')}>
              Overwrite
            </Button>
          </AnswerRow>
        </ul>
        <Versions mine={mine} other={other} />
      </div>
    </Dialog>
  )
}

async function act(
  choice: Answer,
  { mine, base, latest }: { mine: Flow; base: Flow | undefined; latest: ServerVersion },
): Promise<void> {
  switch (choice) {
    case 'merge':
      if (base === undefined) return
      return saveMerged(mergeFlows({ base, mine, theirs: latest.flow }, registry), latest)
    case 'copy':
      return keepCopy(mine)
    case 'theirs':
      return takeTheirs(latest)
    case 'mine':
      return overwriteTheirs(latest)
  }
}

interface MergeAnswerProps {
  readonly versions: { readonly base: Flow; readonly mine: Flow; readonly theirs: Flow }
  readonly busy: Answer | undefined
  readonly onAnswer: (choice: Answer) => void
}

function MergeAnswer({ versions, busy, onAnswer }: MergeAnswerProps) {
  const { base, mine, theirs } = versions
  const conflicts = useMemo(() => {
    const words = new DifferenceWords([base, theirs, mine], registry)
    const merge = mergeFlows({ base, mine, theirs }, registry)
    return merge.conflicts.map((conflict) => words.ofConflict(conflict))
  }, [base, mine, theirs])
  const isClean = conflicts.length === 0
  return (
    <AnswerRow
      title={isClean ? 'Merge both' : 'Merge both, mine where they differ'}
      text={
        isClean
          ? 'Your changes and theirs do not touch the same things, so both can stay.'
          : `Both changed ${counted(conflicts.length, 'thing')}; there yours stays, and theirs is in the version history.`
      }
      details={conflicts}
    >
      <Button
        variant={isClean ? 'primary' : 'secondary'}
        isBusy={busy === 'merge'}
        onClick={() => onAnswer('merge')}
      >
        Merge
      </Button>
    </AnswerRow>
  )
}

interface AnswerRowProps {
  readonly title: string
  readonly text: string
  /** More of it, line by line. */
  readonly details?: readonly string[]
  /** Its button. */
  readonly children: ReactNode
}

function AnswerRow({ title, text, details = [], children }: AnswerRowProps) {
  return (
    <li className={styles.choice}>
      <div>
        <h3>{title}</h3>
        <p>{text}</p>
        {details.length > 0 && (
          <ul className={styles.details}>
            {details.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </div>
      {children}
    </li>
  )
}

type Shown = 'both' | 'mine' | 'theirs'

const shownOptions = [
  { value: 'both', label: 'Theirs → yours' },
  { value: 'mine', label: 'What you changed' },
  { value: 'theirs', label: 'What they changed' },
] as const

const sentences: Readonly<Record<Shown, string>> = {
  both: 'Yours, compared with theirs:',
  mine: 'Yours, compared with what you opened:',
  theirs: 'Theirs, compared with what you opened:',
}

function Versions({ mine, other }: { readonly mine: Flow; readonly other: OtherVersion }) {
  const [shown, setShown] = useState<Shown>('both')
  if (other.status === 'loading') {
    return (
      <p className={styles.waiting} role="status">
        <Spinner size={14} /> Reading the other version…
      </p>
    )
  }
  if (other.status === 'failed') {
    return <p className={styles.waiting}>{other.error.message}</p>
  }
  const { base, theirs } = other
  const before = shown === 'both' || base === undefined ? theirs.flow : base
  const after = shown === 'theirs' ? theirs.flow : mine
  return (
    <section className={styles.versions} aria-label="Both versions">
      {base !== undefined && (
        <Choice<Shown> label="Show" value={shown} options={shownOptions} onChange={setShown} />
      )}
      <p className={styles.summary}>
        {sentences[shown]} {summarizeDiff(diffFlows(before, after, registry))}.
      </p>
      <div className={styles.comparison}>
        <ComparisonPanel before={before} after={after} whenSame="The two versions are the same." />
      </div>
    </section>
  )
}
