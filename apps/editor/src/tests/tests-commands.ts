import {
  noTests,
  parseFlowTests,
  serializeFlowTests,
  uniqueTestName,
  type FlowTest,
  type FlowTestExpectation,
} from '@millrace/flow'
import { ApiError, toApiError } from '../api/api-error.ts'
import { acceptTest, readTestOfRun, readTests, runTests, saveTests } from '../api/flow-tests-api.ts'
import { useDocument } from '../document/document-store.ts'
import { downloadText } from '../flows/download.ts'
import { useTests } from './tests-store.ts'

const { setState, getState } = useTests

/** All that changes the tests. Those that call the server reject with an `ApiError`. */
export const testsCommands = {
  /** Reads the tests of the open flow, and tells in the state what went wrong. */
  async load(): Promise<void> {
    const { id } = useDocument.getState().flow
    try {
      const stored = await readTests(id)
      if (isOpen(id)) setState({ ...stored, status: 'ready', failure: undefined })
    } catch (thrown) {
      if (isOpen(id)) setState({ status: 'failed', failure: toApiError(thrown) })
    }
  },

  /** Runs all tests, or one, on the document as it stands on the canvas. */
  async run(name?: string): Promise<void> {
    const { flow } = useDocument.getState()
    const names = name === undefined ? known().map((test) => test.name) : [name]
    setState(({ running }) => ({ running: new Set([...running, ...names]) }))
    try {
      const results = await runTests(flow, name === undefined ? undefined : names)
      if (!isOpen(flow.id)) return
      setState((state) => ({
        results: new Map([
          ...state.results,
          ...results.map((result) => [result.name, { result, flow }] as const),
        ]),
      }))
    } finally {
      setState(({ running }) => ({
        running: new Set([...running].filter((one) => !names.includes(one))),
      }))
    }
  },

  /** Makes a test of a run that ended, and runs it once, so that it is known to pass. */
  async addRun(runId: string, wantedName: string): Promise<void> {
    const name = uniqueTestName(wantedName, known())
    setState({ isSaving: true })
    try {
      const test = await readTestOfRun(runId, name)
      await change((tests) => [...tests, test])
    } finally {
      setState({ isSaving: false })
    }
    setState({ selected: name })
    await testsCommands.run(name)
  },

  /** Makes what comes out now what the test expects; the answer takes that back. */
  async accept(name: string): Promise<() => Promise<void>> {
    const { flow } = useDocument.getState()
    const before = known().find((test) => test.name === name)
    const stored = await acceptTest(flow, name)
    if (isOpen(flow.id)) setState(stored)
    await testsCommands.run(name)
    return async () => {
      if (before === undefined) return
      await change((tests) => tests.map((test) => (test.name === name ? before : test)))
      await testsCommands.run(name)
    }
  },

  /** Adds the tests of a file, each under a free name. */
  async addFile(text: string): Promise<void> {
    const added = readFile(text)
    await change((tests) =>
      added.reduce<readonly FlowTest[]>(
        (all, test) => [...all, { ...test, name: uniqueTestName(test.name, all) }],
        tests,
      ),
    )
    setState({ selected: undefined })
  },

  /** Gives a test another name, which must be free. */
  async rename(name: string, newName: string): Promise<void> {
    await change((tests) =>
      tests.map((test) => (test.name === name ? { ...test, name: newName } : test)),
    )
    setState(({ results, selected }) => {
      const kept = results.get(name)
      const moved = new Map([...results].filter(([key]) => key !== name))
      if (kept !== undefined) moved.set(newName, kept)
      return { results: moved, selected: selected === name ? newName : selected }
    })
  },

  async expect(name: string, expectation: FlowTestExpectation): Promise<void> {
    await change((tests) =>
      tests.map((test) => (test.name === name ? { ...test, expect: expectation } : test)),
    )
    await testsCommands.run(name)
  },

  /** Removes a test; the answer brings it back to its place. */
  async remove(name: string): Promise<() => Promise<void>> {
    const tests = known()
    const index = tests.findIndex((test) => test.name === name)
    const removed = tests[index]
    await change((all) => all.filter((test) => test.name !== name))
    setState(({ selected }) => ({ selected: selected === name ? undefined : selected }))
    return async () => {
      if (removed !== undefined) await change((all) => all.toSpliced(index, 0, removed))
    }
  },

  select(selected: string | undefined): void {
    setState({ selected })
  },

  /** Saves the tests as a file: their canonical text, the same bytes that git sees. */
  exportFile(): void {
    const { tests } = getState()
    if (tests !== undefined) downloadText(`${tests.flow}.test.json`, serializeFlowTests(tests))
  },
}

/** Changes the list of tests on the server; what was changed elsewhere in between is read first. */
async function change(edit: (tests: readonly FlowTest[]) => readonly FlowTest[]): Promise<void> {
  const { revision } = getState()
  const { id } = useDocument.getState().flow
  try {
    const changed = { ...noTests(id), tests: edit(known()) }
    const stored = await saveTests(id, { tests: changed, revision })
    if (isOpen(id)) setState({ ...stored, status: 'ready' })
  } catch (thrown) {
    if (toApiError(thrown).code === 'conflict') await testsCommands.load()
    throw thrown
  }
}

/** Throws an `ApiError`, which says what is wrong, for a file that holds no tests. */
function readFile(text: string): readonly FlowTest[] {
  try {
    const parsed = parseFlowTests(JSON.parse(text))
    if (parsed.status === 'tests') return parsed.tests.tests
    const [first] = parsed.problems
    throw new ApiError('bad_request', `This is no file of tests. ${first?.message ?? ''}`.trimEnd())
  } catch (thrown) {
    if (thrown instanceof ApiError) throw thrown
    throw new ApiError('bad_request', 'This file is no JSON. Choose one that ends in .test.json.')
  }
}

function isOpen(flowId: string): boolean {
  return useDocument.getState().flow.id === flowId
}

function known(): readonly FlowTest[] {
  return getState().tests?.tests ?? []
}
