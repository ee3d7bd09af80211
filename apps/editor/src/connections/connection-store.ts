import { create } from 'zustand'
import { toApiError, type ApiError } from '../api/api-error.ts'
import {
  createConnection,
  deleteConnection,
  listConnections,
  replaceConnection,
  testConnection,
  type ConnectionInput,
  type ConnectionTest,
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
}

/** The store of connections, read through selectors. */
export const useConnections = create<ConnectionsState>()(() => ({
  status: 'loading',
  connections: [],
  error: undefined,
  tests: new Map(),
}))

const { setState, getState } = useConnections

/** Reads, changes and tries the server's connections. */
export const connectionCommands = {
  /** Reads the list anew; a failure is in the store, not thrown. */
  async load(): Promise<void> {
    try {
      put(await listConnections())
    } catch (thrown) {
      setState({ status: 'failed', error: toApiError(thrown) })
    }
  },
  /** Throws an `ApiError`, for the dialog to show. */
  async create(input: ConnectionInput): Promise<StoredConnection> {
    const created = await createConnection(input)
    put([...getState().connections, created])
    return created
  },
  async replace(input: ConnectionInput, revision: string | undefined): Promise<StoredConnection> {
    const replaced = await replaceConnection(input, revision)
    put(getState().connections.map((other) => (other.id === replaced.id ? replaced : other)))
    // What was found out about it no longer holds.
    putTest(replaced.id, undefined)
    return replaced
  },
  async remove(id: string): Promise<void> {
    await deleteConnection(id)
    put(getState().connections.filter((connection) => connection.id !== id))
  },
  /** Tries a connection; what comes of it is in the store. */
  async test(id: string): Promise<void> {
    putTest(id, { status: 'testing' })
    try {
      putTest(id, { status: 'tested', result: await testConnection(id) })
    } catch (thrown) {
      putTest(id, { status: 'failed', error: toApiError(thrown) })
    }
  },
}

function put(connections: readonly StoredConnection[]): void {
  setState({ status: 'ready', connections, error: undefined })
}

function putTest(id: string, test: TestState | undefined): void {
  const tests = new Map(getState().tests)
  if (test === undefined) tests.delete(id)
  else tests.set(id, test)
  setState({ tests })
}
