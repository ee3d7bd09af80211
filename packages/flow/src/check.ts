import { checkJumps } from './check-jumps.ts'
import type { Registry } from './definition.ts'
import type { Flow } from './flow.ts'
import { migrateNodes } from './migrate-nodes.ts'
import type { Problem } from './problem.ts'
import { programOf } from './program.ts'
import { scopesOf, typeOfFlowVariable, type ScopeVariable } from './scope.ts'
import { describeType, isOfType, typeOfValue } from './type.ts'
import { NodeCheck, type CheckContext, type CheckOptions } from './check-node.ts'
import { createSuggest } from './suggest-name.ts'

/** So many problems of a check come with a suggestion; who has more has renamed something. */
const maxSuggestions = 200

/**
 * Everything that is wrong with a flow, in the order in which its program reads, whatever the order
 * of the document. A flow without errors can run. A problem of a node that cannot run, because it is
 * not connected or disabled, is only a warning; but two triggers and circles are errors wherever they
 * stand.
 */
export function checkFlow(
  saved: Flow,
  registry: Registry,
  options: CheckOptions = {},
): readonly Problem[] {
  const flow = migrateNodes(saved, registry)
  const program = programOf(flow, registry)
  const scopes = scopesOf(flow, registry, program)
  const { nodes, attachments } = program.parts
  const ofShape = [...program.problems, ...scopes.problems]
  const context: CheckContext = {
    flowId: flow.id,
    registry,
    scopes,
    options,
    nodes: new Map(nodes.map((node) => [node.id, node])),
    flowVariables: new Map(
      flow.variables?.map((variable) => [variable.name, typeOfFlowVariable(variable)]),
    ),
    declared: firstByName(scopes.declared),
    taken: new Set(attachments.map(({ host }) => host.join(' '))),
    suggest: createSuggest(maxSuggestions),
  }
  const ofNodes = [
    ...nodes.flatMap((node) => new NodeCheck(context, node).problems()),
    ...[program.entry, ...program.loose].flatMap((block) =>
      block === undefined ? [] : checkJumps(block),
    ),
  ]
  const disabled = new Set(nodes.flatMap((node) => (node.disabled === true ? [node.id] : [])))
  const isUnreached = ({ nodeId }: Problem) =>
    program.entry !== undefined && nodeId !== undefined && !program.reached.has(nodeId)
  const problems = [
    ...checkFlowVariables(flow),
    ...ofShape.map((problem) => (isUnreached(problem) ? asWarning(problem) : problem)),
    ...ofNodes.map((problem) =>
      isUnreached(problem) || disabled.has(problem.nodeId ?? '') ? asWarning(problem) : problem,
    ),
  ]
  const rank = new Map(nodes.map(({ id }, index) => [id, index]))
  return problems.toSorted(
    (left, right) => (rank.get(left.nodeId ?? '') ?? -1) - (rank.get(right.nodeId ?? '') ?? -1),
  )
}

function firstByName(variables: readonly ScopeVariable[]): ReadonlyMap<string, ScopeVariable> {
  return new Map(variables.toReversed().map((variable) => [variable.name, variable]))
}

function asWarning(problem: Problem): Problem {
  const isAlwaysError = problem.code === 'cycle' || problem.code === 'entry_several'
  return isAlwaysError ? problem : { ...problem, severity: 'warning' }
}

/** A variable starts with a value of its type, or with none, that is null. */
function checkFlowVariables(flow: Flow): readonly Problem[] {
  return (flow.variables ?? []).flatMap((variable, index): readonly Problem[] => {
    const { name, value = null } = variable
    const type = typeOfFlowVariable(variable)
    if (value === null || isOfType(value, type)) return []
    return [
      {
        code: 'type_mismatch',
        severity: 'error',
        message: `The flow variable "${name}" is to hold ${describeType(type)}, and starts with ${describeType(typeOfValue(value))}. Change its type or its value.`,
        path: ['variables', index, 'value'],
      },
    ]
  })
}
