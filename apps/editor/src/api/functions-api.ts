import { isRecord, type CodePosition, type ErrorShape } from '@millrace/flow'
import { unreadable } from './api-error.ts'
import { request } from './request.ts'

/** Why code cannot be read. */
export interface CodeProblem {
  readonly message: string
  readonly position?: CodePosition
  /** The input whose name is to blame. */
  readonly input?: string
}

/** Code to run once, with the values of its inputs. */
export interface TriedCode {
  readonly title: string
  readonly code: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly resultType: string
  readonly timeoutSeconds: number
  readonly memoryMiB: number
}

/** A line that code wrote. */
export interface LogLine {
  readonly level: 'info' | 'warning' | 'error'
  readonly message: string
}

/** What came of running code once. */
export type CodeOutcome = {
  readonly log: readonly LogLine[]
  readonly ms: number
} & (
  | { readonly status: 'returned'; readonly result: unknown }
  | { readonly status: 'failed'; readonly error: ErrorShape }
)

/** Longer than code may run, and wait for its turn. */
const trialTimeoutMs = 90_000

/** Reads code on the server without running it; `undefined` when it can be run. */
export async function checkCode(
  code: string,
  inputs: readonly string[],
  signal: AbortSignal,
): Promise<CodeProblem | undefined> {
  const { body } = await request('/functions/check', {
    method: 'POST',
    body: { code, inputs },
    signal,
  })
  if (!isRecord(body)) throw unreadable('check')
  return (body['problem'] ?? undefined) as CodeProblem | undefined // the server's own shape
}

/** Runs code once; that it failed is an answer. */
export async function tryCode(code: TriedCode, signal: AbortSignal): Promise<CodeOutcome> {
  const { body } = await request('/functions/run', {
    method: 'POST',
    body: code,
    signal,
    timeoutMs: trialTimeoutMs,
  })
  if (!isRecord(body) || !Array.isArray(body['log'])) throw unreadable('result')
  return body as unknown as CodeOutcome // the server's own shape
}
