import type { PropertyKind } from '@millrace/flow'
import type { ReactNode } from 'react'
import { ConnectionPicker } from '../connections/connection-picker.tsx'
import { ColumnMappingControl } from '../databases/column-mapping-control.tsx'
import { FilterControl } from '../databases/filter-control.tsx'
import { RecordDefinitionControl } from '../databases/record-definition-control.tsx'
import { SqlControl } from '../databases/sql-control.tsx'
import { TableControl } from '../databases/table-control.tsx'
import { CodeControl } from '../functions/code-control.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { Select } from '../ui/select.tsx'
import { FieldsControl } from '../inputs/fields-control.tsx'
import { LazyScheduleControl } from '../schedules/lazy-schedule-control.tsx'
import { ConditionsControl } from './conditions-control.tsx'
import { placeholderOf, type ControlProps } from './control-props.ts'
import { FlowControl } from './flow-control.tsx'
import { FlowVariableControl } from './flow-variable-control.tsx'
import { JsonControl } from './json-control.tsx'
import { ModelControl } from './model-control.tsx'
import { readLiteralText, writeLiteralText } from './literal-text.ts'
import { LazyCasesControl, LazyNamedValuesControl } from './lazy-list-controls.tsx'
import { TemplateControl } from './template-control.tsx'
import { TextControl } from './text-control.tsx'
import { textProps } from './text-props.ts'
import { VariableNameControl } from './variable-name-control.tsx'

type ControlTable = { readonly [K in PropertyKind]: (props: ControlProps<K>) => ReactNode }

/** The control of each kind of property for a literal; variables and expressions have one for all. */
export const fieldControls: ControlTable = {
  text: (props) => <TextControl {...textProps(props)} />,
  longText: (props) => (
    <TextControl {...textProps(props)} large={{ title: props.property.label }} />
  ),
  template: TemplateControl,
  model: ModelControl,
  number: ({ property, value, onChange }) => (
    <NumberField
      value={typeof value === 'number' ? value : undefined}
      onChange={onChange}
      minimum={property.minimum}
      maximum={property.maximum}
      step={property.integer === true ? 1 : 0.1}
      byDefault={typeof property.default === 'number' ? property.default : undefined}
      placeholder={placeholderOf(property)}
      unit={property.unit}
    />
  ),
  boolean: (props) => <BooleanControl {...props} />,
  choice: ({ property, value, onChange }) => {
    const chosen = typeof value === 'string' ? value : undefined
    const byDefault = typeof property.default === 'string' ? property.default : undefined
    return (
      <Select
        value={chosen ?? byDefault}
        options={Object.entries(property.options).map(([option, label]) => ({
          value: option,
          label,
        }))}
        onChange={onChange}
        placeholder={property.placeholder ?? 'Choose'}
      />
    )
  },
  connection: ({ property, value, onChange, isInvalid }) => (
    <ConnectionPicker
      kinds={property.kinds}
      value={typeof value === 'string' ? value : undefined}
      onChange={onChange}
      isOptional={property.required !== true}
      isInvalid={isInvalid}
    />
  ),
  variableName: VariableNameControl,
  flowVariable: FlowVariableControl,
  value: ValueControl,
  // A reference has no literal: its field always shows the variable control.
  reference: () => null,
  conditions: (props) => <ConditionsControl {...props} />,
  table: TableControl,
  sql: SqlControl,
  recordDefinition: RecordDefinitionControl,
  columnMapping: ColumnMappingControl,
  filter: FilterControl,
  json: JsonPropertyControl,
  cases: LazyCasesControl,
  fields: FieldsControl,
  namedValues: LazyNamedValuesControl,
  code: CodeControl,
  flow: FlowControl,
  schedule: LazyScheduleControl,
}

function JsonPropertyControl({
  property,
  value,
  onChange,
  labelId,
  describedBy,
  isInvalid,
}: ControlProps<'json'>) {
  return (
    <JsonControl
      value={value}
      onChange={onChange}
      labelId={labelId}
      describedBy={describedBy}
      isInvalid={isInvalid}
      title={property.label}
      placeholder={
        property.placeholder ?? (property.default === undefined ? '' : placeholderOf(property))
      }
      example={property.default}
    />
  )
}

const notation = { read: readLiteralText, write: writeLiteralText }

function ValueControl(props: ControlProps<'value'>) {
  const { property, value, onChange, labelId, describedBy, isInvalid } = props
  const type = property.type ?? 'any'
  if (type === 'any') return <TextControl {...textProps(props)} notation={notation} />
  if (type === 'text') return <TextControl {...textProps(props)} />
  if (type === 'number') {
    return (
      <NumberField
        value={typeof value === 'number' ? value : undefined}
        onChange={onChange}
        placeholder={placeholderOf(property)}
      />
    )
  }
  if (type === 'boolean') return <BooleanControl {...props} />
  return (
    <JsonControl
      value={value}
      onChange={onChange}
      labelId={labelId}
      describedBy={describedBy}
      isInvalid={isInvalid}
      title={property.label}
      placeholder={placeholderOf(property)}
    />
  )
}

const truth = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
] as const

function BooleanControl({ property, value, onChange }: ControlProps<'boolean' | 'value'>) {
  const shown = value ?? property.default
  return (
    <Select
      value={shown === true ? 'true' : shown === false ? 'false' : undefined}
      options={truth}
      onChange={(chosen) => onChange(chosen === 'true')}
      placeholder="Choose"
    />
  )
}
