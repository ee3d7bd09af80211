import { useEffect, useRef, useState } from 'react'
import { useConnectivity } from '../api/connectivity.ts'
import { readTurns, type Turn, type UnreadTurn } from './read-turn.ts'

/** The turns of runs by their ids, as they are read; what is known to its end is not read again. */
export function useTurns(runIds: readonly string[]): ReadonlyMap<string, Turn | UnreadTurn> {
  const known = useRef(new Map<string, Turn | UnreadTurn>())
  const [read, setRead] = useState<ReadonlyMap<string, Turn | UnreadTurn>>(new Map())
  const isOnline = useConnectivity((state) => state.isOnline)
  const key = runIds.join(' ')
  useEffect(() => {
    if (!isOnline) return
    const leaving = new AbortController()
    async function readAll(): Promise<void> {
      const unknown = key.split(' ').filter((id) => id !== '' && !isWhole(known.current.get(id)))
      for await (const turn of readTurns(unknown, leaving.signal)) {
        known.current.set(turn.runId, turn)
        setRead(new Map(known.current))
      }
    }
    void readAll()
    return () => leaving.abort()
  }, [key, isOnline])
  return read
}

function isWhole(turn: Turn | UnreadTurn | undefined): boolean {
  return turn !== undefined && 'outcome' in turn && turn.outcome !== undefined
}
