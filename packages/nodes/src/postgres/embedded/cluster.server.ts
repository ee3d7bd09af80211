import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { FlowError } from '@millrace/flow'
import { workerFile } from '../../worker-file.server.ts'
import type { ClusterAnswer, ClusterCall, ClusterFiles } from './cluster-call.ts'

/** How long a statement that is cancelled may take to end by itself, in milliseconds. */
const graceMs = 500
/** How long a cluster may take to write what it holds when it is closed, in milliseconds. */
const closingMs = 10_000

/** A running cluster, in a thread of its own. */
export interface Cluster {
  /** Sends messages of the protocol, and gives what the cluster answers. Rejects when it ends. */
  execute(messages: Uint8Array): Promise<Uint8Array>
  /** Undoes what a session left open, so that the next one begins afresh. */
  reset(): Promise<void>
  /** Has the running call end: by itself within a moment, else by ending the thread. */
  interrupt(): Promise<void>
  /** Writes everything, and ends the thread. */
  close(): Promise<void>
  /** Resolves with the reason when the thread has ended, wanted or not. */
  readonly ended: Promise<FlowError>
}

/**
 * Opens the cluster in a directory that the caller holds alone, and makes it first if there is none.
 * Throws `database_unavailable` when it cannot be opened.
 */
export async function openCluster(files: ClusterFiles): Promise<Cluster> {
  const worker = new Worker(workerFile('cluster-worker.server', import.meta.url), {
    workerData: files,
  })
  // The calls that wait for their answers, which come in their order.
  const waiting: PromiseWithResolvers<Uint8Array>[] = []
  const { promise: ended, resolve } = Promise.withResolvers<FlowError>()
  let reason: FlowError | undefined
  worker.on('message', ({ messages }: ClusterAnswer) => waiting.shift()?.resolve(messages))
  worker.on('error', (error) => (reason ??= endedError(error)))
  worker.on('exit', () => {
    reason ??= endedError(undefined)
    for (const call of waiting.splice(0)) call.reject(reason)
    resolve(reason)
  })

  function call(content: ClusterCall): Promise<Uint8Array> {
    if (reason !== undefined) return Promise.reject(reason)
    const answer = Promise.withResolvers<Uint8Array>()
    waiting.push(answer)
    worker.postMessage(content)
    return answer.promise
  }

  try {
    await call({ kind: 'open' })
  } catch (error) {
    throw openError(files.directory, error)
  }
  return {
    ended,
    execute: (messages) => call({ kind: 'execute', messages }),
    async reset() {
      await call({ kind: 'reset' })
    },
    async interrupt() {
      const [running] = waiting
      if (running === undefined) return
      const isOver = running.promise.then(
        () => true,
        () => true,
      )
      if (await Promise.race([isOver, sleep(graceMs, false)])) return
      reason ??= stoppedError()
      await worker.terminate()
    },
    async close() {
      const closing = call({ kind: 'close' })
      closing.catch(() => {})
      await Promise.race([ended, sleep(closingMs, undefined, { ref: false })])
      await worker.terminate()
    },
  }
}

function openError(directory: string, cause: unknown): FlowError {
  return new FlowError(
    'database_unavailable',
    `The embedded PostgreSQL in "${directory}" cannot be opened. Look at the server log; if its files are damaged, move that directory away to begin with a fresh one.`,
    { property: 'connection', cause },
  )
}

function stoppedError(): FlowError {
  return new FlowError(
    'database_unavailable',
    'The embedded PostgreSQL was stopped, because a statement did not end when it was cancelled. It starts again at its next use, with all that was committed.',
    { retryable: true, property: 'connection' },
  )
}

function endedError(cause: unknown): FlowError {
  return new FlowError(
    'database_unavailable',
    'The embedded PostgreSQL ended unexpectedly, out of memory or by a defect. It starts again at its next use, with all that was committed.',
    { retryable: true, property: 'connection', ...(cause === undefined ? {} : { cause }) },
  )
}
