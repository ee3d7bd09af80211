import { useCallback, useEffect, useState } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { useConnectivity } from '../api/connectivity.ts'
import { listVariables, type Variable } from '../api/variables-api.ts'

/** The variables of the workspace, as far as they are known. */
export type VariableList =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ApiError }
  | { readonly status: 'ready'; readonly variables: readonly Variable[] }

/** Reads the variables, again when the server is back; a list that is known stays when that fails. */
export function useVariables(): { readonly list: VariableList; readonly load: () => void } {
  const [list, setList] = useState<VariableList>({ status: 'loading' })
  const isOnline = useConnectivity((state) => state.isOnline)
  const load = useCallback(() => {
    listVariables().then(
      (variables) => setList({ status: 'ready', variables }),
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
