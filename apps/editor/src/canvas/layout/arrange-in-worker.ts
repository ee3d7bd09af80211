import Elk, { type ElkNode } from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import { arrange, type Arrangement } from './arrange.ts'

/** How long it may take, in ms: a thousand cards take about four seconds. */
const limit = 60_000

/** Arranges a flow with elk in a worker of its own, which ends with it. Loaded when it is first wanted. */
export async function arrangeInWorker(
  wanted: Omit<Arrangement, 'layOut'>,
  signal: AbortSignal,
): ReturnType<typeof arrange> {
  const worker = new Worker(workerUrl)
  const elk = new Elk({ workerFactory: () => worker })
  const ended = AbortSignal.any([signal, AbortSignal.timeout(limit)])
  const lost = new Promise<never>((_, reject) => {
    worker.addEventListener('error', () => reject(new Error('its worker did not start.')))
    ended.addEventListener('abort', () => reject(new Error('it took longer than a minute.')))
  })
  // It is raced with each part, and there may be none.
  lost.catch(() => undefined)
  try {
    return await arrange({
      ...wanted,
      layOut: (graph: ElkNode) => Promise.race([elk.layout(graph), lost]),
    })
  } finally {
    worker.terminate()
  }
}
