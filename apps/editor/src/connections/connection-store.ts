import type { ConnectionTest } from '@millrace/nodes'
import { create } from 'zustand'
import { toApiError, type ApiError } from '../api/api-error.ts'
import {
  createConnection,
  deleteConnection,
  duplicateConnection,
  listConnections,
  readConnectionUses,
  replaceConnection,
  testConnection,
  type ConnectionInput,
  type ConnectionUses,
  type StoredConnection,
} from '../api/connections-api.ts'

/** What is known of a connection from trying it in this window. */
export type TestState =
  | { readonly status: 'testing' }
  | { readonly status: 'tested'; readonly result: ConnectionTest }
  | { readonly status: 'failed'; readonly error: ApiError }

/** The connections of the server as this window knows them. */
export interface ConnectionsState {
  readonly status: 'loading' | 'ready' | 'failed'
  readonly connections: readonly StoredConnection[]
  readonly error: ApiError | undefined
  readonly tests: ReadonlyMap<string, TestState>
  /** What uses them; `undefined` until it is known. */
  readonly uses: ConnectionUses | undefined
}

/** The store of connections, read through selectors. */
export const useConnections = create<ConnectionsState>()(() => ({
  status: 'loading',
  connections: [],
  error: undefined,
  tests: new Map(),
  uses: undefined,
}))

const { setState, getState } = useConnections

/** Tells the other windows of this browser that connections changed. */
const windows = new BroadcastChannel('millrace.connections')
windows.addEventListener('message', () => void connectionCommands.load())

/** Reads, changes and tries the server's connections. */
export const connectionCommands = {
  /** Reads the list anew. A failure is in the store, not thrown; a list that is known stays. */
  async load(): Promise<void> {
    try {
      put(await listConnections())
    } catch (thrown) {
      if (getState().status !== 'ready') setState({ status: 'failed', error: toApiError(thrown) })
    }
  },
  /** Reads anew what uses them, which only helps: when it fails, it stays unknown. */
  async loadUses(): Promise<void> {
    setState({ uses: await readConnectionUses().catch(() => undefined) })
  },
  /** Throws an `ApiError`, for the dialog to show. */
  async create(input: ConnectionInput): Promise<StoredConnection> {
    const created = await createConnection(input)
    change([...getState().connections, created])
    return created
  },
  async replace(input: ConnectionInput, revision: string | undefined): Promise<StoredConnection> {
    const replaced = await replaceConnection(input, revision)
    // What was found out about it no longer holds.
    putTest(replaced.id, undefined)
    change(getState().connections.map((other) => (other.id === replaced.id ? replaced : other)))
    return replaced
  },
  async duplicate(id: string): Promise<StoredConnection> {
    const copy = await duplicateConnection(id)
    change([...getState().connections, copy])
    return copy
  },
  async remove(id: string): Promise<void> {
    await deleteConnection(id)
    putTest(id, undefined)
    change(getState().connections.filter((connection) => connection.id !== id))
  },
  /** Tries a connection; what comes of it is in the store. */
  async test(id: string): Promise<void> {
    const tried: TestState = { status: 'testing' }
    putTest(id, tried)
    const tested = await testStateOf(testConnection(id))
    // Unless it was changed meanwhile.
    if (getState().tests.get(id) === tried) putTest(id, tested)
  },
  /** Keeps what a form found out about the connection that it then saved. */
  keepTest(id: string, test: TestState): void {
    putTest(id, test)
  },
}

/** What came of a test, or why it could not be made. */
export async function testStateOf(testing: Promise<ConnectionTest>): Promise<TestState> {
  try {
    return { status: 'tested', result: await testing }
  } catch (thrown) {
    return { status: 'failed', error: toApiError(thrown) }
  }
}

function change(connections: readonly StoredConnection[]): void {
  put(connections)
  windows.postMessage('changed')
}

/** By name; a list that says nothing new changes nothing. */
function put(connections: readonly StoredConnection[]): void {
  const sorted = connections.toSorted(byName)
  const { status, connections: known } = getState()
  if (status === 'ready' && JSON.stringify(sorted) === JSON.stringify(known)) return
  setState({ status: 'ready', connections: sorted, error: undefined })
}

function byName(left: StoredConnection, right: StoredConnection): number {
  if (left.isBuiltIn !== right.isBuiltIn) return left.isBuiltIn ? -1 : 1
  return left.name.localeCompare(right.name, undefined, { numeric: true })
}

function putTest(id: string, test: TestState | undefined): void {
  const tests = new Map(getState().tests)
  if (test === undefined) tests.delete(id)
  else tests.set(id, test)
  setState({ tests })
}
