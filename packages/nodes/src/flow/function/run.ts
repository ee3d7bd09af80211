import { implement } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import { functionNode } from './definition.ts'

const megabyte = 1024 * 1024

/** Runs the code in the sandbox of the services. */
export const runFunction = implement(
  functionNode,
  async ({ properties, run, services, signal }) => {
    if (services.functions === undefined) {
      throw new FlowError('internal', 'No code of flows can run here. Give the services a sandbox.')
    }
    const result = await services.functions.run({
      source: properties.code,
      inputs: Object.fromEntries((properties.inputs ?? []).map(({ name, value }) => [name, value])),
      timeoutMs: properties.timeout * 1000,
      memoryBytes: properties.memory * megabyte,
      signal,
      onLog: (level, message) => run.log(level, message),
    })
    return { outputs: { result } }
  },
)
