import { isRecord } from '@millrace/flow'
import { readRunFacts, type RunFacts } from '../api/run-api.ts'

export interface InProgressOptions {
  readonly flowId: string
  readonly openSocket: () => WebSocket
  /** Hears which runs of the flow go on, the latest first, whenever that changes. */
  readonly onChange: (runs: readonly RunFacts[]) => void
}

/** A socket that drops is opened again after so long; nothing else depends on it. */
const retryMs = 5_000

/** Tells which runs of a flow go on, whoever started them, until what is given back is called. */
export function followRunsInProgress({
  flowId,
  openSocket,
  onChange,
}: InProgressOptions): () => void {
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  connect()
  return () => {
    isOver = true
    clearTimeout(timer)
    socket?.close()
  }

  function connect(): void {
    const runs = new Map<string, RunFacts>()
    const opened = openSocket()
    socket = opened
    opened.addEventListener('open', () =>
      opened.send(JSON.stringify({ type: 'watchRuns', flowId })),
    )
    opened.addEventListener('message', ({ data }) => {
      if (isOver) return
      for (const run of runsIn(data)) {
        if (run.state === 'running') runs.set(run.id, run)
        else runs.delete(run.id)
      }
      onChange(
        [...runs.values()].toSorted(
          (left, right) => right.startedAt.getTime() - left.startedAt.getTime(),
        ),
      )
    })
    opened.addEventListener('close', () => {
      if (isOver) return
      onChange([])
      timer = setTimeout(connect, retryMs)
    })
  }
}

function runsIn(data: unknown): readonly RunFacts[] {
  const frame: unknown = typeof data === 'string' ? JSON.parse(data) : undefined
  if (!isRecord(frame) || frame['type'] !== 'runs' || !Array.isArray(frame['runs'])) return []
  return frame['runs'].map(readRunFacts)
}
