import {
  setNodeFields,
  titleOf,
  type FlowNode,
  type JsonValue,
  type PropertyDefinition,
} from '@millrace/flow'
import { MousePointerSquareDashed } from 'lucide-react'
import { useMemo } from 'react'
import { isDisablable } from '../canvas/canvas-commands.ts'
import { NodeIcon } from '../canvas/node-icon.tsx'
import { documentCommands } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { sessionCommands } from '../session/session-store.ts'
import { counted } from '../ui/counted.ts'
import { Field } from '../ui/field.tsx'
import { Switch } from '../ui/switch.tsx'
import { PanelHead } from './panel-head.tsx'
import styles from './properties-panel.module.css'
import { PropertyField } from './property-field.tsx'
import { sharedFields } from './shared-fields.ts'

/** What several nodes have in common: changed once, it is changed for all of them. */
export function SeveralForm({ nodes }: { readonly nodes: readonly FlowNode[] }) {
  const [first] = nodes
  const ids = nodes.map(({ id }) => id)
  const fields = useMemo(() => sharedFields(nodes, registry), [nodes])
  const disablable = nodes.filter(({ type }) => isDisablable(type))
  const disabled = disablable.filter((node) => node.disabled === true).length
  return (
    <>
      <PanelHead
        icon={<MousePointerSquareDashed size={16} aria-hidden />}
        tone="flow"
        title={counted(nodes.length, 'node')}
        subtitle="Changes go to all of them."
      />
      <div className={styles.fields}>
        <ul className={styles.members} aria-label="Selected nodes">
          {nodes.map((node) => {
            const definition = registry.nodes.get(node.type)
            return (
              <li key={node.id}>
                <button type="button" onClick={() => sessionCommands.focusNode(node.id)}>
                  <NodeIcon definition={definition} size={14} />
                  <span>{titleOf(node, definition)}</span>
                </button>
              </li>
            )
          })}
        </ul>
        {first !== undefined &&
          fields.map(({ key, property, value, isMixed }) => (
            <PropertyField
              key={`${ids.join(' ')} ${key}`}
              nodeId={first.id}
              alsoNodeIds={ids}
              propertyKey={key}
              property={isMixed ? withPlaceholder(property) : property}
              value={value as JsonValue | undefined}
              problems={none}
              showsHelp={false}
            />
          ))}
        {disablable.length > 0 && (
          <Field
            label="Disabled"
            className={styles.inline ?? ''}
            help={
              disabled > 0 && disabled < disablable.length
                ? `${disabled} of ${disablable.length} are.`
                : undefined
            }
          >
            <Switch
              isOn={disabled === disablable.length}
              onChange={(isDisabled) =>
                documentCommands.edit(isDisabled ? 'Disable' : 'Enable', (flow) =>
                  disablable.reduce(
                    (current, { id }) => setNodeFields(current, id, { disabled: isDisabled }),
                    flow,
                  ),
                )
              }
            />
          </Field>
        )}
        {fields.length === 0 && (
          <p className={styles.nothing}>These nodes have no other field in common.</p>
        )}
      </div>
    </>
  )
}

const none = [] as const

function withPlaceholder(property: PropertyDefinition): PropertyDefinition {
  return { ...property, placeholder: 'Different values' }
}
