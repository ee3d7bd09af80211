import { titleOf, type Flow, type VariableUse } from '@millrace/flow'
import { registry } from '../registry.ts'
import { sessionCommands } from '../session/session-store.ts'
import styles from './flow-variables.module.css'

export interface VariableUsesProps {
  readonly flow: Flow
  readonly uses: readonly VariableUse[]
}

/** The places that read or set a variable; each leads there. */
export function VariableUses({ flow, uses }: VariableUsesProps) {
  return (
    <ul className={styles.uses}>
      {uses.map(({ nodeId, property, way }) => {
        const { title, label } = namesOf(flow, nodeId, property)
        return (
          <li key={`${nodeId} ${property} ${way}`}>
            <button type="button" onClick={() => sessionCommands.focusNode(nodeId, property)}>
              <span className={styles.useTitle}>{title}</span>
              <span className={styles.useLabel}>{way === 'sets' ? 'sets it' : label}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

/** What a node and one of its properties are called. */
export function namesOf(
  flow: Flow,
  nodeId: string,
  property: string,
): { readonly title: string; readonly label: string } {
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const definition = node && registry.nodes.get(node.type)
  return {
    title: node === undefined ? nodeId : titleOf(node, definition),
    label: definition?.properties[property]?.label ?? property,
  }
}
