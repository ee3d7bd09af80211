import type { CodeProblem, FunctionCode } from '@millrace/engine'
import type { CodePosition } from '@millrace/flow'

/** What a thread of the sandbox is asked; it does one thing at a time. */
export type SandboxRequest =
  | { readonly kind: 'check'; readonly code: FunctionCode }
  | {
      readonly kind: 'run'
      readonly code: FunctionCode
      /** The values of the inputs as JSON text, a list in the order of their names. */
      readonly values: string
      readonly timeoutMs: number
      readonly memoryBytes: number
    }

export type LogLevel = 'info' | 'warning' | 'error'

/** What code may use up. */
export type SandboxLimit = 'timeout' | 'memory' | 'result'

/** How a call ended. */
export type SandboxOutcome =
  /** The code was read, and that was all. */
  | { readonly status: 'readable' }
  | { readonly status: 'unreadable'; readonly problem: CodeProblem }
  | { readonly status: 'returned'; readonly json: string }
  /** What it returned cannot be written as JSON. */
  | { readonly status: 'unwritable'; readonly message: string }
  | { readonly status: 'threw'; readonly thrown: ThrownInCode }
  /** It waits for a promise that nothing settles. */
  | { readonly status: 'unsettled' }
  | {
      readonly status: 'exceeded'
      readonly limit: SandboxLimit
      readonly position?: CodePosition
    }
  /** The thread ended under it, for a reason of its own. */
  | { readonly status: 'crashed'; readonly cause: unknown }

/** What code threw, in words of its own. */
export interface ThrownInCode {
  readonly message: string
  readonly position?: CodePosition
  /** The lines of the stack that lie in the code. */
  readonly stack: readonly string[]
}

/** What a thread says of the call it has. */
export type SandboxMessage =
  /** It begins: what came before was not the time of the code. */
  | { readonly kind: 'start' }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string }
  | {
      readonly kind: 'end'
      readonly outcome: SandboxOutcome
      /** Whether the thread is not to be used again. */
      readonly isSpent: boolean
    }
