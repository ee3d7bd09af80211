import {
  FlowError,
  snapshotOf,
  type Client,
  type ConnectionState,
  type RunStream,
  type RunSummary,
} from '@millrace/client'
import type { Visitor } from './visitor.ts'

/** A question that is to be answered, or whose answer goes on. */
export interface TurnStart {
  /** Makes the start the same when it comes again. */
  readonly id: string
  readonly flowId: string
  readonly input: unknown
  /** The run, where it began already. */
  readonly runId: string | undefined
  readonly signal: AbortSignal
  readonly onRun: (runId: string) => void
  /** Told all the values so far, whenever there are more. */
  readonly onValues: (values: readonly unknown[]) => void
  readonly onConnection: (connection: ConnectionState) => void
}

/** Asks, and follows the answer to its end, also of a run from before. Throws the run's own error. */
export async function runTurn(
  visitor: Pick<Visitor, 'ask' | 'arrive'>,
  start: TurnStart,
): Promise<RunSummary | undefined> {
  const { id, flowId, input, signal, onRun, onValues, onConnection } = start
  const options = { signal, onConnection }
  const values: unknown[] = []
  const attach = (runId: string, after: number) =>
    visitor.ask(async (client: Client) => client.attach(runId, { ...options, after }))

  async function begin(): Promise<RunStream> {
    if (start.runId !== undefined) return attach(start.runId, 0)
    const stream = await visitor.ask((client) =>
      client.stream(flowId, input, { ...options, idempotencyKey: id }),
    )
    onRun(stream.runId)
    return stream
  }

  let stream = await begin()
  let hasRenewed = false
  while (true) {
    try {
      for await (const value of stream) {
        values.push(value)
        onValues(values)
      }
      return stream.summary
    } catch (thrown) {
      const known = snapshotOf(thrown)
      if (known !== undefined) {
        values.splice(0, values.length, ...known.yields)
        stream = await attach(stream.runId, known.seq)
      } else if (hasExpired(thrown) && !hasRenewed) {
        hasRenewed = true
        await visitor.arrive()
        stream = await attach(stream.runId, stream.seq)
      } else throw thrown
    }
  }
}

function hasExpired(thrown: unknown): boolean {
  return thrown instanceof FlowError && thrown.code === 'unauthorized'
}
