import { join } from 'node:path'
import { FlowError, type Flow } from '@millrace/flow'
import { isThere } from './is-there.ts'
import { readFlow } from './read-flow.ts'

/**
 * Reads a flow that another one runs: the file `<id>.json` in the same directory. Throws `not_found`,
 * or `flow_invalid` with what is wrong with the document.
 */
export async function readFlowBeside(directory: string, id: string): Promise<Flow> {
  const path = join(directory, `${id}.json`)
  if (!(await isThere(path))) {
    throw new FlowError(
      'not_found',
      `There is no flow "${id}": the file ${path} does not exist. Put it beside the flow that runs it.`,
    )
  }
  const file = await readFlow(path)
  if (file.status === 'flow') return file.flow
  throw new FlowError('flow_invalid', `The file ${path} is no flow.`, {
    details: { problems: file.problems },
  })
}
