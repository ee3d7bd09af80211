import { Worker } from 'node:worker_threads'
import { workerFile } from '../worker-file.ts'
import type { WriterAnswer, WriterCalls, WriterRequest } from './writer-calls.ts'

/** The thread that writes logs, as the others see it. */
export interface RunWriter {
  /**
   * Resolves when it is done; rejects when it could not be, and then it never will be. What is asked
   * for first is begun first.
   */
  call<Call extends keyof WriterCalls>(
    call: Call,
    argument: Parameters<WriterCalls[Call]>[0],
  ): ReturnType<WriterCalls[Call]>
  /** Resolves when everything handed over was dealt with and the file is closed. */
  close(): Promise<void>
}

/** What the thread is started with. */
export interface WriterOptions {
  readonly file: string
  /** The name of this process in the store: no other has it. */
  readonly writer: string
}

/** Starts the thread; starts another one, with the next call, should it die. */
export function createRunWriter(options: WriterOptions): RunWriter {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let lastNumber = 0
  let worker: Worker | undefined = start()

  function start(): Worker {
    const started = new Worker(workerFile('run-log-worker'), { workerData: options })
    started.on('message', (answer: WriterAnswer) => {
      const { resolve, reject } = waiting.get(answer.number) ?? {}
      waiting.delete(answer.number)
      if (answer.type === 'done') resolve?.(answer.value)
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
    call<Call extends keyof WriterCalls>(call: Call, argument: WriterRequest<Call>['argument']) {
      worker ??= start()
      lastNumber += 1
      worker.postMessage({ number: lastNumber, call, argument } satisfies WriterRequest<Call>)
      const answer = Promise.withResolvers<unknown>()
      waiting.set(lastNumber, answer)
      return answer.promise as ReturnType<WriterCalls[Call]> // it answers that call
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
