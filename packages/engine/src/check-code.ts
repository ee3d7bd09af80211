import {
  isIdentifier,
  isVisible,
  programOf,
  readNamedValues,
  titleOf,
  type Flow,
  type FlowNode,
  type PropertyDefinition,
  type Problem,
  type Registry,
} from '@millrace/flow'
import type { FunctionSandbox } from './services.ts'

/**
 * What keeps the code in a flow from being read, in the order of its nodes. What `checkFlow` finds is
 * not told again: a value that is no code, an input without a name. Like there, a problem of a node
 * that cannot run is only a warning.
 */
export async function checkCode(
  flow: Flow,
  registry: Registry,
  functions: Pick<FunctionSandbox, 'check'>,
): Promise<readonly Problem[]> {
  const codes = flow.nodes.flatMap((node) => codesOf(node, registry))
  if (codes.length === 0) return []
  const { entry, reached } = programOf(flow, registry)
  const problems: Problem[] = []
  // One after another: a flow with many codes leaves the threads to the runs that go on.
  for (const { node, key, property, source, inputs } of codes) {
    const problem = await functions.check({ source, inputs: inputs.map(({ name }) => name) })
    if (problem === undefined) continue
    const { message, position, input } = problem
    const title = titleOf(node, registry.nodes.get(node.type))
    const isIdle = node.disabled === true || (entry !== undefined && !reached.has(node.id))
    problems.push({
      code: 'code_invalid',
      severity: isIdle ? 'warning' : 'error',
      message: `"${property.label}" of "${title}" cannot be read${position === undefined ? '' : ` in line ${position.line}`}: ${message}`,
      nodeId: node.id,
      property: input === undefined ? key : property.inputs,
      ...(position && { position }),
    })
  }
  return problems
}

function codesOf(node: FlowNode, registry: Registry) {
  const definition = registry.nodes.get(node.type)
  return Object.entries(definition?.properties ?? {}).flatMap(([key, property]) => {
    const source = node.properties?.[key]
    if (definition === undefined || !isCode(property) || typeof source !== 'string') return []
    if (!isVisible(property, definition, node)) return []
    // One that cannot be a name is told as such; the code is read without it.
    const inputs = (readNamedValues(node.properties?.[property.inputs] ?? []) ?? []).filter(
      ({ name }) => isIdentifier(name),
    )
    return [{ node, key, property, source, inputs }]
  })
}

function isCode(
  property: PropertyDefinition,
): property is Extract<PropertyDefinition, { kind: 'code' }> {
  return property.kind === 'code'
}
