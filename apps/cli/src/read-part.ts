import type { Pins, RunOptions } from '@millrace/engine'
import { pinsSchema } from '@millrace/flow'
import { UsageError } from './exit-code.ts'
import { parseJson, readText } from './read-flow.ts'

/** What `--pin` and `--until` say of a run. Throws a `UsageError` for a file that holds no pins. */
export async function readPart(args: {
  readonly pin?: string | undefined
  readonly until?: string | undefined
}): Promise<Pick<RunOptions, 'pinned' | 'until'>> {
  return {
    ...(args.pin === undefined ? {} : { pinned: await readPins(args.pin) }),
    ...(args.until === undefined ? {} : { until: args.until }),
  }
}

async function readPins(path: string): Promise<Pins> {
  const read = pinsSchema.safeParse(parseJson(await readText(path), path))
  if (!read.success) {
    throw new UsageError(
      `${path} holds no pins. Write {"node": {"outputs": {"result": …}}}, with the id of a node and the keys of what it gives.`,
    )
  }
  return new Map(Object.entries(read.data).map(([nodeId, pin]) => [nodeId, () => pin]))
}
