import {
  renameFlowVariable,
  setFlowFields,
  uniqueName,
  type Flow,
  type FlowVariable,
  type JsonValue,
} from '@millrace/flow'
import { Plus, Trash2 } from 'lucide-react'
import { documentCommands, useDocument, type DocumentState } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { declaredTypeOptions } from './declared-type-options.ts'
import styles from './flow-variables.module.css'
import { JsonControl } from './json-control.tsx'
import { NameControl } from './name-control.tsx'
import { scopesFor } from './scopes.ts'

const none: readonly FlowVariable[] = []

/** The editor of the flow's own variables. */
export function FlowVariables() {
  const variables = useDocument(selectVariables)
  const { declared } = scopesFor(useDocument.getState().flow)
  return (
    <section className={styles.variables} aria-label="Variables">
      <div className={styles.head}>
        <h3>Variables</h3>
        <Button size="small" variant="quiet" icon={<Plus size={14} aria-hidden />} onClick={add}>
          Add variable
        </Button>
      </div>
      {variables.length === 0 ? (
        <p className={styles.empty}>
          Values that every node can use, such as the id of a model. Nodes can also set them.
        </p>
      ) : (
        <ul className={styles.list}>
          {variables.map((variable, index) => (
            <Row
              // A variable has no id but its place: its name may be the one being changed.
              key={index}
              index={index}
              variable={variable}
              taken={new Set(declared.map(({ name }) => name))}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

interface RowProps {
  readonly index: number
  readonly variable: FlowVariable
  readonly taken: ReadonlySet<string>
}

function Row({ index, variable, taken }: RowProps) {
  const { name, type } = variable
  return (
    <li className={styles.row} aria-label={name}>
      <NameControl
        label="Variable name"
        name={name}
        taken={taken}
        mayBeEmpty={false}
        onChange={(changed) =>
          documentCommands.edit('Rename a variable', (flow) =>
            renameFlowVariable(flow, registry, { from: name, to: changed }),
          )
        }
      />
      <Select
        label={`Type of ${name}`}
        value={type}
        options={declaredTypeOptions}
        onChange={(chosen) => replace(index, retyped(variable, chosen), 'type')}
      />
      <IconButton label={`Remove ${name}`} onClick={() => remove(index)}>
        <Trash2 size={14} aria-hidden />
      </IconButton>
      <div className={styles.value}>
        <ValueControl
          variable={variable}
          onChange={(value) => replace(index, withValue(variable, value), 'value')}
        />
      </div>
    </li>
  )
}

interface ValueControlProps {
  readonly variable: FlowVariable
  readonly onChange: (value: JsonValue | undefined) => void
}

function ValueControl({ variable: { name, type, value }, onChange }: ValueControlProps) {
  const label = `Starts as, ${name}`
  if (type === 'text') {
    return (
      <TextField
        aria-label={label}
        placeholder="Empty"
        value={typeof value === 'string' ? value : ''}
        onChange={(text) => onChange(text === '' ? undefined : text)}
      />
    )
  }
  if (type === 'number') {
    return (
      <NumberField
        label={label}
        placeholder="Empty"
        value={typeof value === 'number' ? value : undefined}
        onChange={onChange}
      />
    )
  }
  if (type === 'boolean') {
    return (
      <Select
        label={label}
        value={value === true ? 'true' : value === false ? 'false' : undefined}
        options={truth}
        placeholder="Empty"
        onChange={(chosen) => onChange(chosen === 'true')}
      />
    )
  }
  return (
    <>
      <span id={`variable-${name}`} className="visually-hidden">
        {label}
      </span>
      <JsonControl
        value={value}
        onChange={onChange}
        labelId={`variable-${name}`}
        title={name}
        placeholder="Empty"
      />
    </>
  )
}

const truth = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
] as const

function add(): void {
  documentCommands.edit('Add a variable', (flow) => {
    const taken = new Set(scopesFor(flow).declared.map(({ name }) => name))
    const variable: FlowVariable = { name: uniqueName('variable', taken), type: 'text' }
    return setFlowFields(flow, { variables: [...(flow.variables ?? []), variable] })
  })
}

function remove(index: number): void {
  documentCommands.edit('Remove a variable', (flow) =>
    setFlowFields(flow, { variables: (flow.variables ?? []).toSpliced(index, 1) }),
  )
}

function replace(index: number, variable: FlowVariable, field: string): void {
  documentCommands.edit(
    'Change a variable',
    (flow) => setFlowFields(flow, { variables: (flow.variables ?? []).with(index, variable) }),
    { coalesce: `variable ${index} ${field}` },
  )
}

function withValue(variable: FlowVariable, value: JsonValue | undefined): FlowVariable {
  const { value: _, ...rest } = variable
  return value === undefined ? rest : { ...rest, value }
}

/** A value of another type is not kept: it would be a problem that nobody made. */
function retyped(variable: FlowVariable, type: FlowVariable['type']): FlowVariable {
  const { value } = variable
  const fits =
    type === 'any' ||
    (type === 'text' && typeof value === 'string') ||
    (type === 'list' && Array.isArray(value)) ||
    typeof value === type
  return withValue({ ...variable, type }, fits ? value : undefined)
}

function selectVariables({ flow }: DocumentState): NonNullable<Flow['variables']> {
  return flow.variables ?? none
}
