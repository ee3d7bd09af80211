import { create } from 'zustand'
import { toApiError, type ApiError } from '../api/api-error.ts'
import {
  createKey,
  listKeys,
  revokeKey,
  type ApiKey,
  type KeyWish,
  type NewKey,
} from '../api/keys-api.ts'

interface KeyList {
  readonly status: 'loading' | 'ready' | 'failed'
  /** The latest first. */
  readonly keys: readonly ApiKey[]
  readonly error: ApiError | undefined
}

/** The API keys of the server as this window knows them. */
export const useKeyList = create<KeyList>()(() => ({
  status: 'loading',
  keys: [],
  error: undefined,
}))

/** Reads and changes the server's API keys. */
export const keyCommands = {
  /** A failure is in the store, not thrown; a list that is known stays. */
  async load(): Promise<void> {
    try {
      useKeyList.setState({ status: 'ready', keys: await listKeys(), error: undefined })
    } catch (thrown) {
      if (useKeyList.getState().status === 'ready') return
      useKeyList.setState({ status: 'failed', error: toApiError(thrown) })
    }
  },
  /** Throws an `ApiError`, for the dialog to show. */
  async create(wish: KeyWish): Promise<NewKey> {
    const made = await createKey(wish)
    await keyCommands.load()
    return made
  },
  async revoke(id: string): Promise<void> {
    await revokeKey(id)
    await keyCommands.load()
  },
}
