import { Worker } from 'node:worker_threads'
import { workerFile } from '../worker-file.ts'
import type { RunBatch, WriterAnswer } from './run-batch.ts'
import type { Retention } from './run-tables.ts'

/** Hands batches to the thread that writes them. */
export interface RunWriter {
  /** Resolves when the batch is stored; rejects when it could not be, and then it never will be. */
  write(batch: Omit<RunBatch, 'number'>): Promise<void>
  /** Resolves when everything handed over was dealt with and the file is closed. */
  close(): Promise<void>
}

interface Options {
  readonly file: string
  readonly retention: Retention
}

/** Starts the thread; starts another one, with the next batch, should it die. */
export function createRunWriter(options: Options): RunWriter {
  const waiting = new Map<number, PromiseWithResolvers<void>>()
  let lastNumber = 0
  let worker: Worker | undefined = start()

  function start(): Worker {
    const started = new Worker(workerFile('run-log-worker'), { workerData: options })
    started.on('message', (answer: WriterAnswer) => {
      const { resolve, reject } = waiting.get(answer.number) ?? {}
      waiting.delete(answer.number)
      if (answer.type === 'stored') resolve?.()
      else reject?.(new Error(answer.message))
    })
    started.on('error', (error) => give(started, error))
    started.on('exit', () => give(started, new Error('The thread that writes run logs ended.')))
    return started
  }

  function give(dead: Worker, error: unknown): void {
    if (worker !== dead) return
    worker = undefined
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  return {
    async write(batch) {
      worker ??= start()
      lastNumber += 1
      worker.postMessage({ ...batch, number: lastNumber } satisfies RunBatch)
      const answer = Promise.withResolvers<void>()
      waiting.set(lastNumber, answer)
      await answer.promise
    },
    async close() {
      const closing = worker
      if (closing === undefined) return
      const gone = new Promise((resolve) => closing.once('exit', resolve))
      closing.postMessage('close')
      await gone
    },
  }
}
