import type { FlowTest, FlowTestExpectation, FlowTests, RecordedExchange } from './flow-test.ts'

/**
 * The one canonical text of a file of tests: fixed key order, two-space indent, each piece of a
 * recording on a line of its own. The order of tests and what is inside of values is the author's.
 */
export function serializeFlowTests(tests: FlowTests): string {
  return `${onOneLine(JSON.stringify(canonical(tests), null, 2))}\n`
}

function canonical({ $schema, format, version, flow, tests }: FlowTests): FlowTests {
  return {
    ...($schema === undefined ? {} : { $schema }),
    format,
    version,
    flow,
    tests: tests.map(canonicalTest),
  }
}

function canonicalTest({ name, input, recordings, outputs, expect }: FlowTest): FlowTest {
  return {
    name,
    ...(input === undefined ? {} : { input }),
    ...(isEmpty(recordings)
      ? {}
      : { recordings: sorted(recordings, (list) => list.map(canonicalExchange)) }),
    ...(isEmpty(outputs) ? {} : { outputs: sorted(outputs, (list) => list) }),
    expect: canonicalExpectation(expect),
  }
}

function canonicalExchange(exchange: RecordedExchange): RecordedExchange {
  const { request, status, headers, pieces, cut } = exchange
  const { method, path, body } = request
  return {
    request: { method, path, ...(body === undefined ? {} : { body }) },
    ...(status === undefined ? {} : { status }),
    ...(isEmpty(headers) ? {} : { headers: sorted(headers, (value) => value) }),
    pieces,
    ...(cut === true ? { cut } : {}),
  }
}

function canonicalExpectation(expect: FlowTestExpectation): FlowTestExpectation {
  const { outcome, text, yields, result, error, problems } = expect
  return {
    ...(outcome === undefined ? {} : { outcome }),
    ...(text === undefined ? {} : { text }),
    ...(yields === undefined ? {} : { yields }),
    ...(result === undefined ? {} : { result }),
    ...(error === undefined ? {} : { error }),
    ...(problems === undefined ? {} : { problems }),
  }
}

function isEmpty(record: object | undefined): record is undefined {
  return record === undefined || Object.keys(record).length === 0
}

/** By code units, so that the order is the same in every locale. */
function sorted<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Readonly<Record<string, To>> {
  const keys = Object.keys(record).toSorted()
  return Object.fromEntries(keys.map((key) => [key, change(record[key] as From)])) // its own key
}

/** A number and a text are what a piece is; a text of JSON holds no line break. */
const piece = /\[\n\s+(\d+(?:\.\d+)?),\n\s+("(?:[^"\\]|\\.)*")\n\s+\]/g

function onOneLine(json: string): string {
  return json.replaceAll(piece, '[$1, $2]')
}
