import { settingsOf, uniqueTestName } from '@millrace/flow'
import { readTestOfRun, readTests, saveTests } from '../api/flow-tests-api.ts'
import { exportRun, exportRuns, stopRun, type StoredRun } from '../api/run-history-api.ts'
import { designerPath, navigate } from '../app/router.ts'
import { downloadText } from '../flows/download.ts'
import { changedSettings } from '../properties/changed-settings.ts'
import { testName } from '../tests/test-name.ts'
import { counted } from '../ui/counted.ts'
import { toast } from '../ui/toast.ts'
import { readInput } from './read-turn.ts'

/** Saves a run as a file. */
export async function saveRun({ id, flowId }: StoredRun): Promise<void> {
  downloadText(`${flowId}-${id}.run.json`, textOf(await exportRun(id)))
}

/** Saves runs as one file: one alone as it is, several as a list. */
export async function saveRuns(runs: readonly StoredRun[]): Promise<void> {
  const [only, ...others] = runs
  if (only === undefined) return
  if (others.length === 0) {
    await saveRun(only)
    return
  }
  const exported = await exportRuns(runs.map(({ id }) => id))
  downloadText('runs.json', textOf(exported))
  const gone = runs.length - exported.length
  if (gone > 0) toast.info(`The file is without ${counted(gone, 'run')} that had been deleted.`)
}

function textOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** Stops a run that goes on. */
export async function stopStoredRun({ id }: StoredRun): Promise<void> {
  await stopRun(id)
}

/** Makes a test of its flow of a run. */
export async function makeTest({ id, flowId }: StoredRun): Promise<void> {
  const wanted = testName(await readInput(id, new AbortController().signal), flowId)
  const { tests, revision } = await readTests(flowId)
  const name = uniqueTestName(wanted, tests.tests)
  const test = await readTestOfRun(id, name)
  await saveTests(flowId, { tests: { ...tests, tests: [...tests.tests, test] }, revision })
  toast.success(`“${name}” is a test of the flow now.`, {
    action: { label: 'Open the flow', onClick: () => navigate(designerPath(flowId)) },
  })
}

/** Has a flow that is not open here record everything in the runs to come, whoever starts them. */
export async function recordEverything(flowId: string, name: string): Promise<void> {
  const { editStoredFlow } = await import('../flows/edit-stored-flow.ts')
  await editStoredFlow(flowId, (flow) =>
    settingsOf(flow).trace === 'full'
      ? flow
      : { ...flow, settings: changedSettings(flow.settings, { trace: 'full' }) },
  )
  toast.success(`From now on everything is recorded of the runs of “${name}”.`)
}
