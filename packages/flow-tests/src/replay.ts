import type { Exchanges, OutgoingRequest, Pins, RecordedAnswer } from '@millrace/engine'
import {
  FlowError,
  ownValue,
  type FlowTest,
  type JsonValue,
  type RecordedBytes,
  type RecordedExchange,
  type RecordedRequest,
} from '@millrace/flow'
import { firstDifference, type Difference } from './compare.ts'
import { recordedRequest } from './recorded-request.ts'
import { stubOrigin } from './stub-connection.ts'

/** The outside of one run of a test: what it recorded, in the order in which it is asked for. */
export class Replay implements Exchanges {
  readonly #test: FlowTest
  readonly #asked = new Map<string, RecordedRequest[]>()
  readonly #visits = new Map<string, number>()
  readonly #changed: Difference[] = []

  constructor(test: FlowTest) {
    this.#test = test
  }

  begin(request: OutgoingRequest): RecordedAnswer {
    const { nodeId } = request
    const asked = this.#asked.get(nodeId) ?? []
    this.#asked.set(nodeId, asked)
    const index = asked.length
    const exchange = ownValue(this.#test.recordings, nodeId)?.[index]
    const said = recordedRequest(request)
    if (exchange === undefined) {
      throw new FlowError(
        'recording_missing',
        `"${nodeId}" asked for ${said.method} ${said.path}, and the test has no recording of ${index === 0 ? 'a' : 'another'} call of it. Record the test again.`,
      )
    }
    const own = withRecordedBase(said, exchange.request, request.url)
    asked.push(own)
    const place = `recordings.${nodeId}[${index}].request`
    const difference = firstDifference(jsonOf(exchange.request), jsonOf(own), place)
    if (difference !== undefined) this.#changed.push(difference)
    return answerOf(exchange)
  }

  /** The outputs that the test gives nodes, one after the other at their visits. */
  get pinned(): Pins {
    const nodes = Object.keys(this.#test.outputs ?? {})
    return new Map(nodes.map((nodeId) => [nodeId, () => ({ outputs: this.#nextOutputs(nodeId) })]))
  }

  /** The requests of each node, as they were asked. */
  get asked(): ReadonlyMap<string, readonly RecordedRequest[]> {
    return this.#asked
  }

  /** How often each node was visited whose outputs the test gives. */
  get visits(): ReadonlyMap<string, number> {
    return this.#visits
  }

  /** Requests that differ from those that were recorded, and what was recorded and never asked for. */
  get differences(): readonly Difference[] {
    return [
      ...this.#changed,
      ...unused('recordings', this.#test.recordings, (id) => this.#asked.get(id)?.length ?? 0),
      ...unused('outputs', this.#test.outputs, (id) => this.#visits.get(id) ?? 0),
    ]
  }

  #nextOutputs(nodeId: string): Readonly<Record<string, JsonValue>> {
    const outputs = ownValue(this.#test.outputs, nodeId) ?? []
    const visit = this.#visits.get(nodeId) ?? 0
    this.#visits.set(nodeId, visit + 1)
    const those = outputs[visit]
    if (those !== undefined) return those
    throw new FlowError(
      'recording_missing',
      `"${nodeId}" is visited ${visit + 1} times, and the test has outputs for ${outputs.length}. Record the test again.`,
    )
  }
}

/** A connection of a test leads nowhere: where below its address a request went is what counts. */
function withRecordedBase(
  said: RecordedRequest,
  recorded: RecordedRequest,
  url: string,
): RecordedRequest {
  const isBelow = url.startsWith(stubOrigin) && recorded.path.endsWith(said.path)
  return isBelow ? { ...said, path: recorded.path } : said
}

function unused(
  part: 'recordings' | 'outputs',
  lists: Readonly<Record<string, readonly unknown[]>> = {},
  countUsed: (nodeId: string) => number,
): readonly Difference[] {
  return Object.entries(lists).flatMap(([nodeId, list]) => {
    const used = countUsed(nodeId)
    return used < list.length
      ? [{ at: `${part}.${nodeId}`, expected: calls(list.length), actual: calls(used) }]
      : []
  })
}

function calls(count: number): string {
  return count === 1 ? '1 use' : `${count} uses`
}

function answerOf({ status, headers, pieces, cut }: RecordedExchange): RecordedAnswer {
  return {
    ...(status === undefined ? {} : { status }),
    headers: headers ?? {},
    pieces: pieces.map(([at, bytes]) => ({ at, bytes: bytesOf(bytes) })),
    isCut: cut ?? false,
  }
}

function bytesOf(bytes: RecordedBytes): Uint8Array {
  return typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes.base64, 'base64')
}

/** A request is JSON: all its parts are. */
function jsonOf({ method, path, body }: RecordedRequest): JsonValue {
  return { method, path, ...(body === undefined ? {} : { body }) }
}
