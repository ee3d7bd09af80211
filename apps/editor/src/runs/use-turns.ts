import { useEffect, useRef, useState } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { readTurn, type Turn } from './read-turn.ts'

interface Turns {
  /** By the ids of their runs. */
  readonly turns: ReadonlyMap<string, Turn>
  /** Why some of them cannot be read. */
  readonly error: ApiError | undefined
}

/** Reads the turns of runs, one after the other; what is known to its end is not read again. */
export function useTurns(runIds: readonly string[]): Turns {
  const known = useRef(new Map<string, Turn>())
  const [read, setRead] = useState<Turns>({ turns: new Map(), error: undefined })
  const key = runIds.join(' ')
  useEffect(() => {
    const leaving = new AbortController()
    async function readAll(): Promise<void> {
      for (const id of key.split(' ')) {
        if (id === '' || known.current.get(id)?.outcome !== undefined) continue
        for await (const turn of readTurn(id, leaving.signal)) {
          known.current.set(id, turn)
          setRead({ turns: new Map(known.current), error: undefined })
        }
      }
    }
    readAll().catch((thrown: unknown) => {
      if (!leaving.signal.aborted) setRead(({ turns }) => ({ turns, error: toApiError(thrown) }))
    })
    return () => leaving.abort()
  }, [key])
  return read
}
