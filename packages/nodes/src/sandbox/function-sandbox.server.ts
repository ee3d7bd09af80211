import { availableParallelism } from 'node:os'
import type { CodeProblem, FunctionSandbox } from '@millrace/engine'
import { exceedsDepth, FlowError, maxDepth } from '@millrace/flow'
import { reservedWords } from './reserved-words.ts'
import { jsonTooLong, resultTooDeep, sandboxError } from './sandbox-error.server.ts'
import { maxJsonLength, maxWaitingCalls } from './sandbox-limits.ts'
import type { SandboxOutcome } from './sandbox-message.server.ts'
import { SandboxThreads } from './sandbox-threads.server.ts'

/** The sandbox with its threads, which whoever makes it closes. */
export interface OwnedFunctionSandbox extends FunctionSandbox {
  close(): Promise<void>
}

/** How long code may take to be read. */
const checkMs = 5000

/** Runs code of flows in QuickJS, in threads that start when they are needed; so many calls may wait. */
export function createFunctionSandbox({ maxWaiting = maxWaitingCalls } = {}): OwnedFunctionSandbox {
  const threads = new SandboxThreads({
    maxThreads: Math.max(2, availableParallelism()),
    maxWaiting,
  })
  return {
    async check(code) {
      const reserved = reservedInput(code.inputs)
      if (reserved !== undefined) return reserved
      const outcome = await threads.call({
        request: { kind: 'check', code },
        timeoutMs: checkMs,
        signal: new AbortController().signal,
        onLog: () => undefined,
      })
      return problemIn(outcome)
    },

    async run({ title, source, inputs, timeoutMs, memoryBytes, signal, onLog }) {
      const names = Object.keys(inputs)
      const reserved = reservedInput(names)
      if (reserved !== undefined) {
        throw new FlowError(
          'input_invalid',
          `The code of "${title}" cannot run: ${reserved.message}`,
        )
      }
      const values = JSON.stringify(Object.values(inputs))
      if (values.length > maxJsonLength) throw jsonTooLong(`What "${title}" is given`, 'inputs')
      const outcome = await threads.call({
        request: { kind: 'run', code: { source, inputs: names }, values, timeoutMs, memoryBytes },
        timeoutMs,
        signal,
        onLog,
      })
      if (outcome.status !== 'returned') {
        throw sandboxError(outcome, { title, timeoutMs, memoryBytes })
      }
      const result: unknown = JSON.parse(outcome.json)
      if (exceedsDepth(result, maxDepth)) throw resultTooDeep(title)
      return result
    },

    close: () => threads.close(),
  }
}

function reservedInput(names: readonly string[]): CodeProblem | undefined {
  const input = names.find((name) => reservedWords.has(name))
  return input === undefined
    ? undefined
    : { message: `An input cannot be named "${input}", a word of JavaScript. Rename it.`, input }
}

function problemIn(outcome: SandboxOutcome): CodeProblem | undefined {
  switch (outcome.status) {
    case 'unreadable':
      return outcome.problem
    case 'exceeded':
      return { message: 'It takes too long to be read. Make it shorter.' }
    case 'crashed':
      return { message: 'It is nested too deep. Split it into functions.' }
    default:
      return undefined
  }
}
