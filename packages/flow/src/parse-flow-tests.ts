import { flowTestsSchema, type FlowTests } from './flow-test.ts'
import { exceedsDepth, isRecord, type JsonObject } from './json.ts'
import { findProtoKeys, maxDepth, problemAt, problemsOfSchema, shortened } from './malformed.ts'
import type { Problem } from './problem.ts'

/** What an unknown value turned out to be. */
export type ParsedFlowTests =
  | { readonly status: 'tests'; readonly tests: FlowTests }
  /** No file of tests. It is refused whole, with everything that is wrong. */
  | { readonly status: 'malformed'; readonly problems: readonly Problem[] }

/** Reads the file of a flow's tests. Nothing is dropped or mended: what is not understood is a problem. */
export function parseFlowTests(value: unknown): ParsedFlowTests {
  if (!isRecord(value)) return malformed([problemAt('A file of tests is a JSON object.', [])])
  if (exceedsDepth(value, maxDepth)) {
    return malformed([problemAt(`The file nests deeper than ${maxDepth} levels.`, [])])
  }
  const result = flowTestsSchema.safeParse(value)
  const problems = [
    ...findProtoKeys(value),
    ...problemsOfSchema(result.error),
    ...findSameNames(value as JsonObject), // a JSON object; anything else is refused by the schema
  ]
  return problems.length === 0 && result.success
    ? { status: 'tests', tests: result.data }
    : malformed(problems)
}

function malformed(problems: readonly Problem[]): ParsedFlowTests {
  return { status: 'malformed', problems: shortened(problems) }
}

/** A test is known by its name. */
function findSameNames({ tests }: JsonObject): readonly Problem[] {
  const names = new Set<string>()
  return (Array.isArray(tests) ? tests : []).flatMap((test: unknown, index) => {
    const name = isRecord(test) ? test['name'] : undefined
    if (typeof name !== 'string') return []
    if (names.has(name)) {
      const shown = name.slice(0, 70)
      return [problemAt(`Two tests have the name "${shown}".`, ['tests', index, 'name'])]
    }
    names.add(name)
    return []
  })
}
