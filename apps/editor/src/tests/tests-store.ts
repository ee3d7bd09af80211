import type { Flow, FlowTests } from '@millrace/flow'
import { create } from 'zustand'
import type { ApiError } from '../api/api-error.ts'
import type { TestResult } from '../api/flow-tests-api.ts'
import { useDocument } from '../document/document-store.ts'

/** How a test went, and on which document: one that changed since may do otherwise. */
export interface KeptResult {
  readonly result: TestResult
  readonly flow: Flow
}

/** The tests of the open flow. */
export interface TestsState {
  readonly status: 'loading' | 'ready' | 'failed'
  readonly failure: ApiError | undefined
  /** `undefined` until they are read. */
  readonly tests: FlowTests | undefined
  /** What the next change starts from. */
  readonly revision: string
  /** By the names of the tests. */
  readonly results: ReadonlyMap<string, KeptResult>
  /** The tests that run at this moment. */
  readonly running: ReadonlySet<string>
  readonly selected: string | undefined
  readonly isSaving: boolean
}

const initial: TestsState = {
  status: 'loading',
  failure: undefined,
  tests: undefined,
  revision: '0',
  results: new Map(),
  running: new Set(),
  selected: undefined,
  isSaving: false,
}

/** The store of the open flow's tests, read through selectors; `testsCommands` changes it. */
export const useTests = create<TestsState>()(() => initial)

// Tests belong to a flow; another one brings its own.
useDocument.subscribe(({ flow }, before) => {
  if (flow.id !== before.flow.id) useTests.setState(initial)
})
