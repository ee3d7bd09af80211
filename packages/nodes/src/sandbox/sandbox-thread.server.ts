import { Worker } from 'node:worker_threads'
import { workerFile } from '../worker-file.server.ts'
import type {
  LogLevel,
  SandboxMessage,
  SandboxOutcome,
  SandboxRequest,
} from './sandbox-message.server.ts'

/** The thread's own stack: QuickJS reaches the end of its one first. */
const stackSizeMb = 16
/** What code is left beyond its time to end by itself, which says where it was. */
const graceMs = 60

export interface ThreadCall {
  readonly request: SandboxRequest
  /** How long the code may take, from when the thread begins. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly onLog: (level: LogLevel, message: string) => void
}

interface CurrentCall extends ThreadCall {
  readonly resolve: (outcome: SandboxOutcome) => void
  readonly reject: (reason: unknown) => void
}

/** One thread of the sandbox. It runs one call at a time, and holds no process open between calls. */
export class SandboxThread {
  readonly #worker: Worker
  #call: CurrentCall | undefined
  /** Kills the thread; set once the call has begun. */
  #timer: NodeJS.Timeout | undefined
  #isSpent = false

  constructor() {
    this.#worker = new Worker(workerFile('sandbox-worker.server', import.meta.url), {
      env: {},
      argv: [],
      // `stripTypeScriptTypes` says on every start that it may change.
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // QuickJS writes to the terminal when it breaks; what matters of that is answered.
      stdout: true,
      stderr: true,
      resourceLimits: { stackSizeMb },
    })
    this.#worker.unref()
    this.#worker.on('message', (message: SandboxMessage) => this.#hear(message))
    this.#worker.on('error', (cause) => this.#end(cause))
    this.#worker.on('exit', () => this.#end(new Error('The thread of the sandbox ended.')))
  }

  /** Whether it is not to be called again. */
  get isSpent(): boolean {
    return this.#isSpent
  }

  /** Rejects with the reason of the signal, or when the thread cannot start. */
  async call(call: ThreadCall): Promise<SandboxOutcome> {
    const { promise, resolve, reject } = Promise.withResolvers<SandboxOutcome>()
    const stop = () => {
      reject(call.signal.reason)
      void this.close()
    }
    this.#call = { ...call, resolve, reject }
    this.#worker.ref()
    call.signal.addEventListener('abort', stop)
    try {
      this.#worker.postMessage(call.request)
      return await promise
    } finally {
      call.signal.removeEventListener('abort', stop)
      this.#call = undefined
      clearTimeout(this.#timer)
      this.#timer = undefined
      this.#worker.unref()
    }
  }

  /** Ends the thread, whatever it does. */
  async close(): Promise<void> {
    this.#isSpent = true
    await this.#worker.terminate()
  }

  #hear(message: SandboxMessage): void {
    const call = this.#call
    switch (message.kind) {
      case 'start':
        this.#timer = setTimeout(() => this.#kill(), (call?.timeoutMs ?? 0) + graceMs)
        return
      case 'log':
        call?.onLog(message.level, message.message)
        return
      case 'end':
        this.#isSpent ||= message.isSpent
        call?.resolve(message.outcome)
    }
  }

  #kill(): void {
    this.#call?.resolve({ status: 'exceeded', limit: 'timeout' })
    void this.close()
  }

  #end(cause: unknown): void {
    this.#isSpent = true
    // Before it began, the code cannot be what ended it.
    if (this.#timer === undefined) this.#call?.reject(cause)
    else this.#call?.resolve({ status: 'crashed', cause })
  }
}
