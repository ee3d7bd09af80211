import type { FlowTest } from '@millrace/flow'
import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  Download,
  FlaskConical,
  Play,
  Plus,
  Upload,
} from 'lucide-react'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { runOrStop } from '../app/run-flow.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { attempt } from '../flows/flow-actions.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { runCommands, useRun } from '../run/run-store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { TestDetail } from './test-detail.tsx'
import { testName } from './test-name.ts'
import styles from './tests-panel.module.css'
import { testsCommands } from './tests-commands.ts'
import { useTests, type KeptResult, type TestsState } from './tests-store.ts'

/** The tests of the flow: how each went last, and in what it differed. */
export function TestsPanel() {
  const flowId = useDocument(selectFlowId)
  const status = useTests(selectStatus)
  const failure = useTests(selectFailure)
  const tests = useTests(selectTests)
  const hasRun = useRun(selectHasEnded)
  useEffect(() => {
    void testsCommands.load()
  }, [flowId])

  if (status === 'loading') {
    return (
      <p className={styles.loading} role="status">
        <Spinner size={14} /> Reading the tests…
      </p>
    )
  }
  if (status === 'failed') {
    return (
      <EmptyState
        icon={<CircleAlert size={20} aria-hidden />}
        title="The tests cannot be read"
        actions={<Button onClick={() => void testsCommands.load()}>Try again</Button>}
      >
        {failure?.message}
      </EmptyState>
    )
  }
  if (tests.length === 0) {
    return (
      <EmptyState
        icon={<FlaskConical size={20} aria-hidden />}
        title="No tests yet"
        actions={
          <>
            {hasRun ? <SaveRunButton /> : <RunButton />}
            <ImportButton />
          </>
        }
      >
        A test replays a run with what the outside answered, and tells when something else comes
        out.
      </EmptyState>
    )
  }
  return <Tests />
}

function Tests() {
  const tests = useTests(selectTests)
  const results = useTests(selectResults)
  const running = useTests(selectRunning)
  const selectedName = useTests(selectSelected)
  const selected = tests.find(({ name }) => name === selectedName) ?? tests[0]
  const isRunning = running.size > 0

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const index = tests.findIndex((test) => test === selected)
    const next = tests[index + step]
    if (step === 0 || next === undefined) return
    event.preventDefault()
    testsCommands.select(next.name)
  }

  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <Button
          size="small"
          icon={<Play size={14} aria-hidden />}
          isBusy={isRunning}
          onClick={() => void attempt(() => testsCommands.run())}
        >
          Run all
        </Button>
        <span className={styles.summary} role="status">
          {isRunning ? 'Running…' : summaryOf(tests.length, results)}
        </span>
        <SaveRunButton />
        <ImportButton />
        <IconButton label="Export the tests as a file" onClick={testsCommands.exportFile}>
          <Download size={15} aria-hidden />
        </IconButton>
      </div>
      <div className={styles.body}>
        <div
          className={styles.list}
          role="listbox"
          aria-label="Tests"
          aria-activedescendant={selected === undefined ? undefined : idOf(selected.name)}
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          {tests.map(({ name }) => (
            <div
              key={name}
              id={idOf(name)}
              className={styles.line}
              role="option"
              aria-selected={name === selected?.name}
              onClick={() => testsCommands.select(name)}
            >
              <Sign kept={results.get(name)} isRunning={running.has(name)} />
              <span className={styles.name}>{name}</span>
              <span className={styles.time}>{timeOf(results.get(name))}</span>
            </div>
          ))}
        </div>
        {selected !== undefined && (
          <TestDetail
            key={selected.name}
            test={selected}
            kept={results.get(selected.name)}
            isRunning={running.has(selected.name)}
          />
        )}
      </div>
    </div>
  )
}

/** Adds the tests of a file, such as one that was exported elsewhere. */
function ImportButton() {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton label="Import tests from a file" onClick={() => input.current?.click()}>
        <Upload size={15} aria-hidden />
      </IconButton>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={(event) => {
          const { currentTarget } = event
          const file = currentTarget.files?.[0]
          // The same file may be chosen again.
          const take = async () => {
            if (file !== undefined) await testsCommands.addFile(await file.text())
            currentTarget.value = ''
          }
          void attempt(take)
        }}
      />
    </>
  )
}

/** A test begins with a run. */
function RunButton() {
  return (
    <Button size="small" icon={<Play size={14} aria-hidden />} onClick={runOrStop}>
      Run the flow
    </Button>
  )
}

/** Makes a test of the run that ended last; says in its tooltip what is missing for that. */
function SaveRunButton() {
  const runId = useRun(selectRunId)
  const hasEnded = useRun(selectHasEnded)
  const isSaving = useTests(selectIsSaving)
  const isReady = runId !== undefined && hasEnded
  return (
    <Button
      size="small"
      icon={<Plus size={14} aria-hidden />}
      isBusy={isSaving}
      disabled={!isReady}
      title={isReady ? undefined : 'Run the flow to its end first.'}
      onClick={() => {
        if (runId === undefined) return
        const { input, document } = runCommands.current()
        void attempt(() => testsCommands.addRun(runId, testName(input, document?.name)))
      }}
    >
      Save last run as a test
    </Button>
  )
}

function Sign({
  kept,
  isRunning,
}: {
  readonly kept: KeptResult | undefined
  readonly isRunning: boolean
}) {
  if (isRunning) return <Spinner size={14} />
  if (kept === undefined) {
    return (
      <span className={styles.sign}>
        <CircleDashed size={14} aria-hidden />
        <span className="visually-hidden">Not run yet: </span>
      </span>
    )
  }
  const { passed } = kept.result
  return (
    <span className={styles.sign} data-passed={passed}>
      {passed ? <CircleCheck size={14} aria-hidden /> : <CircleAlert size={14} aria-hidden />}
      <span className="visually-hidden">{passed ? 'Passed: ' : 'Failed: '}</span>
    </span>
  )
}

function summaryOf(count: number, results: TestsState['results']): string {
  const known = [...results.values()]
  const failed = known.filter(({ result }) => !result.passed).length
  const passed = known.length - failed
  if (known.length === 0) return count === 1 ? '1 test' : `${count} tests`
  return `${passed} passed, ${failed} failed`
}

function timeOf(kept: KeptResult | undefined): string {
  return kept === undefined ? '' : `${kept.result.ms} ms`
}

function idOf(name: string): string {
  return `test-${encodeURIComponent(name)}`
}

function selectFlowId({ flow }: DocumentState): string {
  return flow.id
}

function selectStatus({ status }: TestsState): TestsState['status'] {
  return status
}

function selectFailure({ failure }: TestsState): TestsState['failure'] {
  return failure
}

const noTests: readonly FlowTest[] = []

function selectTests({ tests }: TestsState): readonly FlowTest[] {
  return tests?.tests ?? noTests
}

function selectResults({ results }: TestsState): TestsState['results'] {
  return results
}

function selectRunning({ running }: TestsState): TestsState['running'] {
  return running
}

function selectSelected({ selected }: TestsState): string | undefined {
  return selected
}

function selectIsSaving({ isSaving }: TestsState): boolean {
  return isSaving
}

function selectRunId({ runId }: WatchedRun): string | undefined {
  return runId
}

function selectHasEnded({ status }: WatchedRun): boolean {
  return status === 'completed' || status === 'failed'
}
