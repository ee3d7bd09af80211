import { findReferences, type VariableId } from '@millrace/flow'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { scopesIn } from '../document/scopes-in.ts'
import { registry } from '../registry.ts'
import type { ControlProps } from './control-props.ts'
import { NameControl } from './name-control.tsx'
import { toast } from '../ui/toast.ts'

/** The name of a variable that a node declares. */
export function VariableNameControl(props: ControlProps<'variableName'>) {
  const { nodeId, property, value, onChange } = props
  const byDefault = typeof property.default === 'string' ? property.default : ''
  const name = typeof value === 'string' ? value : byDefault
  // Read when it is drawn: a clash that comes up later is a problem of the document.
  const { declared } = scopesIn(useDocument.getState().flow, registry)
  const others = declared.filter(
    ({ name: known, origin }) =>
      known !== name || origin.kind === 'flow' || origin.nodeId !== nodeId,
  )
  const broken = () => brokenWithout({ nodeId, name })
  return (
    <NameControl
      name={name}
      onChange={(changed) => {
        const loss = changed === '' ? broken() : undefined
        onChange(changed)
        if (loss !== undefined) {
          toast.warning(`There is no “${name}” any more. ${loss}`, {
            // Long enough to read it, look for what broke, and come back.
            duration: 12_000,
            action: { label: 'Undo', onClick: () => documentCommands.undo() },
          })
        }
      }}
      taken={new Set(others.map((variable) => variable.name))}
      mayBeEmpty={property.required !== true}
      onEmpty={() => broken() ?? 'Without a name there is no variable.'}
      placeholder={property.placeholder ?? 'None'}
    />
  )
}

/** What breaks when a variable goes; `undefined` when nothing does. */
function brokenWithout(variable: VariableId): string | undefined {
  const count = findReferences(useDocument.getState().flow, registry, variable).length
  if (count === 0) return undefined
  return count === 1
    ? `One property refers to “${variable.name}” and breaks without it.`
    : `${count} properties refer to “${variable.name}” and break without it.`
}
