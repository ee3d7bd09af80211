import { implement } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import { functionNode } from './definition.ts'
import { wrongResult } from './wrong-result.ts'

const megabyte = 1024 * 1024

/** Runs the code in the sandbox of the services, and checks what it returned. */
export const runFunction = implement(functionNode, async (node) => {
  const { properties, services, signal, run, title } = node
  if (services.functions === undefined) {
    throw new FlowError(
      'internal',
      `"${title}" cannot run its code: the services of this run have no sandbox.`,
    )
  }
  const inputs = (properties.inputs ?? []).map(({ name, value }) => [name, value ?? null] as const)
  const result = await services.functions
    .run({
      title,
      source: properties.code,
      inputs: Object.fromEntries(inputs),
      timeoutMs: properties.timeout * 1000,
      memoryBytes: properties.memory * megabyte,
      signal,
      onLog: (level, message) => run.log(level, message),
    })
    .catch((error: unknown) => {
      throw error instanceof FlowError ? error.in(toBlame(error)) : error
    })
  // A result that nothing takes may be anything.
  const wrong =
    properties.resultVariable === undefined
      ? undefined
      : wrongResult(title, result, properties.resultType)
  if (wrong !== undefined) throw wrong
  return { outputs: { result } }
})

/** The property to look at. */
function toBlame({ code, details }: FlowError): 'code' | 'inputs' | 'memory' | 'timeout' {
  if (code === 'timeout') return 'timeout'
  const limit = details?.limit
  return limit === 'memory' || limit === 'inputs' ? limit : 'code'
}
