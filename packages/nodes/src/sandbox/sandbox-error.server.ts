import { FlowError, maxDepth, type CodePosition } from '@millrace/flow'
import { maxJsonLength } from './sandbox-limits.ts'
import type { SandboxLimit, SandboxOutcome } from './sandbox-message.server.ts'

interface FailedCall {
  readonly title: string
  readonly timeoutMs: number
  readonly memoryBytes: number
}

/** The error of a call that gave no result. */
export function sandboxError(
  outcome: Exclude<SandboxOutcome, { status: 'returned' }>,
  call: FailedCall,
): FlowError {
  const code = `The code of "${call.title}"`
  switch (outcome.status) {
    case 'unreadable': {
      const { message, position } = outcome.problem
      return new FlowError(
        'input_invalid',
        `${code} cannot be read${inLine(position)}: ${message}`,
        {
          details: { ...position },
        },
      )
    }
    case 'threw': {
      const { message, position, stack } = outcome.thrown
      return new FlowError('function_failed', `${code} failed${inLine(position)}: ${message}`, {
        details: { ...position, stack },
      })
    }
    case 'unwritable':
      return new FlowError(
        'function_failed',
        `${code} returned what cannot be written as JSON (${outcome.message}). Return text, numbers, yes or no, lists and records of these.`,
      )
    case 'unsettled':
      return new FlowError(
        'function_failed',
        `${code} waits for a promise that nothing settles. There are no timers and no network in it: await only what the code itself resolves.`,
      )
    case 'exceeded':
      return limitError(code, outcome, call)
    case 'readable':
    case 'crashed':
      return new FlowError(
        'function_failed',
        `${code} ended the sandbox that ran it. Look for functions that call themselves too often, or for values that are nested too deep.`,
        { cause: outcome },
      )
  }
}

function limitError(
  code: string,
  { limit, position }: { readonly limit: SandboxLimit; readonly position?: CodePosition },
  { timeoutMs, memoryBytes }: FailedCall,
): FlowError {
  const place = inLine(position)
  switch (limit) {
    case 'timeout':
      return new FlowError(
        'timeout',
        `${code} ran for more than ${timeoutMs / 1000} s and was stopped${place}. Look for a loop that does not end, or raise the Timeout.`,
        { details: { limit, max: timeoutMs / 1000, ...position } },
      )
    case 'memory': {
      const max = memoryBytes / (1024 * 1024)
      return new FlowError(
        'limit_exceeded',
        `${code} needs more than ${max} MiB of memory and was stopped${place}. Keep less at a time, or raise the Memory.`,
        { details: { limit, max, ...position } },
      )
    }
    case 'result':
      return jsonTooLong(`What ${lowerFirst(code)} returned`, limit)
  }
}

/** The error of inputs or a result that take too many characters. */
export function jsonTooLong(what: string, limit: 'inputs' | 'result'): FlowError {
  return new FlowError(
    'limit_exceeded',
    `${what} takes more than ${maxJsonLength} characters as JSON. Pass on only what is needed.`,
    { details: { limit, max: maxJsonLength } },
  )
}

/** The error of a result that nests too deep to be passed on. */
export function resultTooDeep(title: string): FlowError {
  return new FlowError(
    'limit_exceeded',
    `What the code of "${title}" returned nests deeper than ${maxDepth} levels. Return a flatter value.`,
    { details: { limit: 'depth', max: maxDepth } },
  )
}

function inLine(position: CodePosition | undefined): string {
  return position === undefined ? '' : ` in line ${position.line}`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
