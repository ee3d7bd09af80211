import { renameFlowVariable, setProperty, titleOf, type Flow, type Registry } from '@millrace/flow'
import { declaredBy } from './declared-by.ts'

/** A variable that can be renamed, with all that refers to it. */
export interface Renaming {
  /** Whose it is: the title of the node that declares it, or of the flow. */
  readonly owner: string
  readonly rename: (flow: Flow, to: string) => Flow
}

/** The variables of a name: what replacing a variable's name in a flow means. */
export function renamingsOf(flow: Flow, registry: Registry, name: string): readonly Renaming[] {
  const ofFlow = (flow.variables ?? []).some((variable) => variable.name === name)
    ? [
        {
          owner: 'the flow',
          rename: (current: Flow, to: string) =>
            renameFlowVariable(current, registry, { from: name, to }),
        },
      ]
    : []
  const ofNodes = flow.nodes.flatMap((node) => {
    const definition = registry.nodes.get(node.type)
    if (definition === undefined) return []
    return declaredBy(node, definition)
      .filter((variable) => variable.name === name)
      .map(({ nameFrom }) => ({
        owner: `“${titleOf(node, definition)}”`,
        rename: (current: Flow, to: string) =>
          setProperty(current, registry, { nodeId: node.id, key: nameFrom, value: to }),
      }))
  })
  return [...ofFlow, ...ofNodes]
}
