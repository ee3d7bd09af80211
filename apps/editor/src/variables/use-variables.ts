import { useCallback, useEffect, useState } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { useConnectivity } from '../api/connectivity.ts'
import {
  listVariables,
  listVariableUses,
  type Variable,
  type VariableUses,
} from '../api/variables-api.ts'

/** The variables of the workspace and what uses them, as far as they are known. */
export type VariableList =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ApiError }
  | {
      readonly status: 'ready'
      readonly variables: readonly Variable[]
      readonly uses: VariableUses
    }

/** Reads the variables, again when the server is back; a list that is known stays when that fails. */
export function useVariables(): { readonly list: VariableList; readonly load: () => void } {
  const [list, setList] = useState<VariableList>({ status: 'loading' })
  const isOnline = useConnectivity((state) => state.isOnline)
  const load = useCallback(() => {
    Promise.all([listVariables(), listVariableUses()]).then(
      ([variables, uses]) => setList({ status: 'ready', variables, uses }),
      (thrown: unknown) =>
        setList((known) =>
          known.status === 'ready' ? known : { status: 'failed', error: toApiError(thrown) },
        ),
    )
  }, [])
  useEffect(() => {
    if (isOnline) load()
  }, [isOnline, load])
  return { list, load }
}
