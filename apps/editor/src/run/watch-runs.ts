import { isRecord } from '@millrace/flow'
import { readRunFacts, type RunFacts } from '../api/run-api.ts'

export interface RunWatch {
  /** Whose runs; those of all flows when left out. */
  readonly flowId?: string | undefined
  readonly openSocket: () => WebSocket
  /** Hears how runs stand: first those that go on, then each that starts or ends. */
  readonly onRuns: (runs: readonly RunFacts[]) => void
  /** The socket dropped: what happens until it is open again is not told. */
  readonly onLost?: () => void
}

/** A socket that drops is opened again after so long; nothing else depends on it. */
const retryMs = 5_000

/** Has the server tell which runs start and end, until what is given back is called. */
export function watchRuns({ flowId, openSocket, onRuns, onLost }: RunWatch): () => void {
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
    const opened = openSocket()
    socket = opened
    opened.addEventListener('open', () =>
      opened.send(JSON.stringify({ type: 'watchRuns', flowId })),
    )
    opened.addEventListener('message', ({ data }) => {
      const runs = runsIn(data)
      if (!isOver && runs !== undefined) onRuns(runs)
    })
    opened.addEventListener('close', () => {
      if (isOver) return
      onLost?.()
      timer = setTimeout(connect, retryMs)
    })
  }
}

/** `undefined` of a frame that tells something else. */
function runsIn(data: unknown): readonly RunFacts[] | undefined {
  const frame: unknown = typeof data === 'string' ? JSON.parse(data) : undefined
  if (!isRecord(frame) || frame['type'] !== 'runs' || !Array.isArray(frame['runs'])) {
    return undefined
  }
  return frame['runs'].map(readRunFacts)
}
