import type { FlowTest, JsonValue } from '@millrace/flow'
import { CircleAlert, CircleCheck, Pencil, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { TestDifference } from '../api/flow-tests-api.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { attempt } from '../flows/flow-actions.ts'
import { JsonDialog } from '../properties/json-control.tsx'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { viewOf, type MarkedText } from './difference-view.ts'
import { readExpectation } from './read-expectation.ts'
import styles from './test-detail.module.css'
import { testsCommands } from './tests-commands.ts'
import { useTests, type KeptResult } from './tests-store.ts'
import { toast } from '../ui/toast.ts'

interface TestDetailProps {
  readonly test: FlowTest
  readonly kept: KeptResult | undefined
  readonly isRunning: boolean
}

/** One test: its name, what it expects, and in what the last run of it differed. */
export function TestDetail({ test, kept, isRunning }: TestDetailProps) {
  const [isEditing, setEditing] = useState(false)
  const { name } = test
  return (
    <section className={styles.detail} aria-label={`Test ${name}`}>
      <header className={styles.head}>
        <NameField name={name} />
        <Button
          size="small"
          icon={<Play size={14} aria-hidden />}
          isBusy={isRunning}
          onClick={() => void attempt(() => testsCommands.run(name))}
        >
          Run
        </Button>
        <IconButton label="Edit what is expected" onClick={() => setEditing(true)}>
          <Pencil size={15} aria-hidden />
        </IconButton>
        <IconButton
          label="Delete the test"
          onClick={() => void attempt(() => removeWithUndo(name))}
        >
          <Trash2 size={15} aria-hidden />
        </IconButton>
      </header>
      {/* It scrolls, so the keyboard must get there. */}
      <div className={styles.body} tabIndex={0} role="group" aria-label="Result">
        <Outcome kept={kept} />
      </div>
      {isEditing && (
        <JsonDialog
          title={`What “${name}” expects`}
          // An expectation is JSON.
          value={test.expect as unknown as JsonValue}
          whyNot={(value) => readExpectation(value).problem}
          onAccept={(value) => {
            setEditing(false)
            const { expectation } = readExpectation(value)
            if (expectation === undefined) return
            void attempt(() => testsCommands.expect(name, expectation))
          }}
          onClose={() => setEditing(false)}
        />
      )}
    </section>
  )
}

/** The name, changed when the field is left; one that is taken or empty changes nothing. */
function NameField({ name }: { readonly name: string }) {
  const [draft, setDraft] = useState(name)
  const tests = useTests(({ tests: all }) => all?.tests)
  const wanted = draft.trim()
  const isTaken = wanted !== name && tests?.some((test) => test.name === wanted) === true
  const keep = () => {
    if (wanted === '' || isTaken) setDraft(name)
    else if (wanted !== name) void attempt(() => testsCommands.rename(name, wanted))
  }
  return (
    <TextField
      aria-label="Name of the test"
      className={styles.name}
      value={draft}
      isInvalid={isTaken || wanted === ''}
      title={isTaken ? 'Another test has this name.' : undefined}
      onChange={setDraft}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep()
        if (event.key === 'Escape') setDraft(name)
      }}
    />
  )
}

/** Errors of tests that could not run: nothing came out that might be expected. */
const cannotBeAccepted: ReadonlySet<string> = new Set(['recording_missing', 'flow_invalid'])

function Outcome({ kept }: { readonly kept: KeptResult | undefined }) {
  const flow = useDocument(selectFlow)
  if (kept === undefined) return <p className={styles.note}>It has not run yet.</p>
  const { result } = kept
  const isOld = kept.flow !== flow
  const canAccept = !result.passed && !cannotBeAccepted.has(result.error?.code ?? '')
  return (
    <>
      <p className={styles.outcome} data-passed={result.passed}>
        {result.passed ? (
          <CircleCheck size={15} aria-hidden />
        ) : (
          <CircleAlert size={15} aria-hidden />
        )}
        {result.passed ? 'Passed' : failedIn(result.differences.length)}
        {canAccept && (
          <Button size="small" onClick={() => void attempt(() => acceptWithUndo(result.name))}>
            Expect what came out
          </Button>
        )}
        {isOld && <span className={styles.old}>before the last change of the flow</span>}
      </p>
      {result.error !== undefined && !result.passed && (
        <p className={styles.error}>
          {result.error.message} <code>{result.error.code}</code>
        </p>
      )}
      {result.differences.length > 0 && (
        <ol className={styles.differences}>
          {result.differences.map((difference) => (
            <Difference key={difference.at} difference={difference} flow={kept.flow} />
          ))}
        </ol>
      )}
    </>
  )
}

function failedIn(count: number): string {
  return count === 1 ? 'Failed: one difference' : `Failed: ${count} differences`
}

interface DifferenceProps {
  readonly difference: TestDifference
  readonly flow: KeptResult['flow']
}

function Difference({ difference, flow }: DifferenceProps) {
  const view = viewOf(difference, flow, (type) => registry.nodes.get(type))
  return (
    <li className={styles.difference}>
      <h3 className={styles.title}>
        {view.title}
        {view.place !== '' && <code>{view.place}</code>}
      </h3>
      <dl className={styles.pair}>
        <div data-side="expected">
          <dt>Expected</dt>
          <dd>
            <Marked text={view.expected} />
          </dd>
        </div>
        <div data-side="actual">
          <dt>Actual</dt>
          <dd>
            <Marked text={view.actual} />
          </dd>
        </div>
      </dl>
    </li>
  )
}

function Marked({ text }: { readonly text: MarkedText | undefined }) {
  if (text === undefined) return <em>nothing</em>
  return (
    <>
      {text.before}
      {text.marked !== '' && <mark>{text.marked}</mark>}
      {text.after}
    </>
  )
}

async function acceptWithUndo(name: string): Promise<void> {
  const restore = await testsCommands.accept(name)
  toast(`“${name}” expects what came out.`, {
    duration: 10_000,
    action: { label: 'Undo', onClick: () => void attempt(restore) },
  })
}

async function removeWithUndo(name: string): Promise<void> {
  const restore = await testsCommands.remove(name)
  toast(`“${name}” is deleted.`, {
    duration: 10_000,
    action: { label: 'Undo', onClick: () => void attempt(restore) },
  })
}

function selectFlow({ flow }: DocumentState): DocumentState['flow'] {
  return flow
}
