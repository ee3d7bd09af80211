import type { CodePosition } from '@millrace/flow'
import {
  Scope,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core'
import { guestPrelude } from './guest-prelude.ts'
import { readStack } from './read-stack.ts'
import { maxEntryLength, maxJsonLength, maxLogEntries } from './sandbox-limits.ts'
import type {
  LogLevel,
  SandboxLimit,
  SandboxOutcome,
  ThrownInCode,
} from './sandbox-message.server.ts'

/** The stack of the code, in bytes: some 3,000 calls deep. The thread's own stack holds it. */
const stackBytes = 512 * 1024
/** How many reactions of promises run before the clock is looked at. */
const jobsAtOnce = 1000
/** What the words of an error may take beyond the limits that the code has reached. */
const lastWords = { ms: 50, bytes: 1024 * 1024 }

/** The name under which the code stands in stacks. */
const codeFile = 'code'

interface Code {
  /** The names of the parameters. */
  readonly inputs: readonly string[]
  /** JavaScript, the body of an async function. */
  readonly body: string
}

interface Call {
  /** The values of the parameters as JSON text, a list. */
  readonly values: string
  readonly timeoutMs: number
  readonly memoryBytes: number
  readonly onLog: (level: LogLevel, message: string) => void
}

interface CodeRun {
  readonly outcome: SandboxOutcome
  /** Whether the engine itself failed, so that nothing more may run in it. */
  readonly isBroken: boolean
}

/** Runs code once, in a JavaScript of its own: no value outlives it. Without a call it is only read. */
export function runCode(quickjs: QuickJSWASMModule, code: Code, call?: Call): CodeRun {
  let outcome: SandboxOutcome | undefined
  try {
    Scope.withScope((scope) => {
      const runtime = scope.manage(quickjs.newRuntime({ maxStackSizeBytes: stackBytes }))
      const context = scope.manage(runtime.newContext())
      outcome = new CodeExecution({ runtime, context, scope, code, call }).run()
    })
    return { outcome: outcome ?? crashed(), isBroken: false }
  } catch (cause) {
    // The engine failed while it ran the code, or while it was taken down after that.
    return { outcome: outcome ?? crashed(cause), isBroken: true }
  }
}

function crashed(cause?: unknown): SandboxOutcome {
  return { status: 'crashed', cause }
}

interface Parts {
  readonly runtime: QuickJSRuntime
  readonly context: QuickJSContext
  /** Owns every value of the execution. */
  readonly scope: Scope
  readonly code: Code
  readonly call: Call | undefined
}

class CodeExecution {
  readonly #parts: Parts
  /** What stands before the code, on its first line. */
  readonly #head: string
  /** By the clock of `performance`. */
  #end = Number.POSITIVE_INFINITY
  #isOverdue = false

  constructor(parts: Parts) {
    this.#parts = parts
    this.#head = `(async function (${parts.code.inputs.join(', ')}) {`
    parts.runtime.setInterruptHandler(() => this.#checkClock())
  }

  run(): SandboxOutcome {
    const { runtime, context, scope, code, call } = this.#parts
    const guest = this.#startGuest()
    const values = scope.manage(context.newString(call?.values ?? ''))
    // Before the code is read, so that nothing in it runs without a limit, whatever it is written like.
    if (call !== undefined) {
      runtime.setMemoryLimit(call.memoryBytes)
      this.#end = performance.now() + call.timeoutMs
    }
    const read = context.evalCode(`${this.#head}${code.body}\n})`, codeFile, {
      type: 'global',
      strict: true,
    })
    if (read.error !== undefined) return this.#notRead(guest, read.error)
    const body = scope.manage(read.value)
    return call === undefined ? { status: 'readable' } : this.#call(guest, body, values)
  }

  #call(guest: QuickJSHandle, body: QuickJSHandle, values: QuickJSHandle): SandboxOutcome {
    const { runtime, context, scope } = this.#parts
    const called = this.#ask(guest, 'call', body, values)
    if (called.error !== undefined) return this.#failed(guest, called.error)
    while (runtime.hasPendingJob() && !this.#checkClock()) {
      const { error } = runtime.executePendingJobs(jobsAtOnce)
      if (error !== undefined) return this.#failed(guest, error)
    }
    const state = context.getPromiseState(scope.manage(called.value))
    switch (state.type) {
      case 'pending':
        return this.#isOverdue ? exceeded('timeout') : { status: 'unsettled' }
      case 'rejected':
        return this.#failed(guest, state.error)
      case 'fulfilled':
        return this.#write(guest, scope.manage(state.value))
    }
  }

  #write(guest: QuickJSHandle, value: QuickJSHandle): SandboxOutcome {
    const { context, scope } = this.#parts
    const written = this.#ask(guest, 'write', value)
    if (written.error !== undefined) {
      const failed = this.#failed(guest, written.error)
      return failed.status === 'threw'
        ? { status: 'unwritable', message: failed.thrown.message }
        : failed
    }
    const json = scope.manage(written.value)
    const length = context.getNumber(scope.manage(context.getProp(json, 'length')))
    if (length > maxJsonLength) return exceeded('result')
    // A result that came too late is none: a swallowed interruption must not decide what a call gives.
    return this.#isOverdue
      ? exceeded('timeout')
      : { status: 'returned', json: context.getString(json) }
  }

  #notRead(guest: QuickJSHandle, error: QuickJSHandle): SandboxOutcome {
    const failed = this.#failed(guest, error)
    if (failed.status !== 'threw') return failed
    const { message, position } = failed.thrown
    return { status: 'unreadable', problem: { message: sentenceOf(message), ...at(position) } }
  }

  /** What the error that ended the call means: the code threw it, or had reached a limit. */
  #failed(guest: QuickJSHandle, error: QuickJSHandle): SandboxOutcome {
    const wasOverdue = this.#isOverdue
    const thrown = this.#describe(guest, error)
    if (wasOverdue) return exceeded('timeout', thrown.position)
    return thrown.message === 'InternalError: out of memory'
      ? exceeded('memory', thrown.position)
      : { status: 'threw', thrown }
  }

  /** Takes the error over. */
  #describe(guest: QuickJSHandle, error: QuickJSHandle): ThrownInCode {
    const { runtime, context, scope, call } = this.#parts
    scope.manage(error)
    if (call !== undefined) runtime.setMemoryLimit(call.memoryBytes + lastWords.bytes)
    this.#end = Math.max(this.#end, performance.now() + lastWords.ms)
    this.#isOverdue = false
    const described = this.#ask(guest, 'describe', error)
    if (described.error !== undefined) {
      scope.manage(described.error)
      return { message: 'a value that cannot be shown', stack: [] }
    }
    const json = context.getString(scope.manage(described.value))
    const { message, stack } = JSON.parse(json) as { message: string; stack: string } // the prelude's
    return { message, ...readStack(stack, { file: codeFile, indent: this.#head.length }) }
  }

  /** Calls a function of the prelude. */
  #ask(guest: QuickJSHandle, name: string, ...values: readonly QuickJSHandle[]) {
    const { context, scope } = this.#parts
    const ask = scope.manage(context.getProp(guest, name))
    return context.callFunction(ask, context.undefined, ...values)
  }

  #startGuest(): QuickJSHandle {
    const { context, scope, call } = this.#parts
    let entries = 0
    const write = context.newFunction('write', (level, message) => {
      entries += 1
      if (entries > maxLogEntries + 1) return
      // The prelude passes a level of ours, and as JSON a text that it cut.
      if (entries <= maxLogEntries) {
        const text = JSON.parse(context.getString(message)) as string
        call?.onLog(context.getString(level) as LogLevel, text)
      } else {
        call?.onLog('warning', `More was written; the first ${maxLogEntries} lines are kept.`)
      }
    })
    const prelude = scope.manage(context.unwrapResult(context.evalCode(guestPrelude, 'prelude')))
    const started = context.callFunction(
      prelude,
      context.undefined,
      scope.manage(write),
      scope.manage(context.newNumber(maxEntryLength)),
    )
    return scope.manage(context.unwrapResult(started))
  }

  /** Whether the code had its time. */
  #checkClock(): boolean {
    this.#isOverdue ||= performance.now() > this.#end
    return this.#isOverdue
  }
}

/** `SyntaxError: unexpected end of string` as a sentence. */
function sentenceOf(message: string): string {
  const words = message.replace(/^SyntaxError: /, '')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

function exceeded(limit: SandboxLimit, position?: CodePosition): SandboxOutcome {
  return { status: 'exceeded', limit, ...at(position) }
}

function at(position: CodePosition | undefined): { readonly position?: CodePosition } {
  return position === undefined ? {} : { position }
}
