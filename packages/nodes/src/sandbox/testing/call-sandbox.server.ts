import type { FunctionCall, FunctionSandbox } from '@millrace/engine'
import type { FlowError } from '@millrace/flow'

type CallOptions = Partial<FunctionCall>

/** Runs code in the sandbox, with generous limits unless it says otherwise. */
export async function callSandbox(
  sandbox: FunctionSandbox,
  source: string,
  options: CallOptions = {},
): Promise<unknown> {
  return sandbox.run({
    title: 'Compute',
    source,
    inputs: {},
    timeoutMs: 30_000,
    memoryBytes: 32 * 1024 * 1024,
    signal: new AbortController().signal,
    onLog: () => undefined,
    ...options,
  })
}

/** The error of code that must fail. */
export async function errorOf(running: Promise<unknown>): Promise<FlowError> {
  return running.then(
    (result) => {
      throw new Error(`It gave ${JSON.stringify(result)}.`)
    },
    (error: FlowError) => error,
  )
}
