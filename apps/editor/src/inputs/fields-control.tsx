import { readDeclaredFields, type DeclaredField, type JsonValue } from '@millrace/flow'
import { lazy } from 'react'
import { placeholderOf, type ControlProps } from '../properties/control-props.ts'
import { JsonControl } from '../properties/json-control.tsx'
import { SummaryControl } from '../properties/summary-control.tsx'

const LazyFieldsDialog = lazy(async () => ({
  default: (await import('./fields-dialog.tsx')).FieldsDialog,
}))

/** The fields that callers send: a line that opens their grid. */
export function FieldsControl(props: ControlProps<'fields'>) {
  const { property, value, onChange } = props
  const fields = value === undefined ? [] : readDeclaredFields(value)
  // From a file, or from an older definition.
  if (fields === undefined) return <JsonControl {...props} title="Edit as JSON" />
  return (
    <SummaryControl
      {...props}
      placeholder={placeholderOf(property) || 'Any JSON object'}
      editLabel={`Edit ${property.label.toLowerCase()}`}
      summary={fields.length === 0 ? undefined : summaryOf(fields)}
      dialog={(close) => (
        <LazyFieldsDialog
          title={property.label}
          fields={fields}
          onAccept={(accepted) => {
            const rows = accepted.map((field): JsonValue => ({ ...field }))
            onChange(rows.length === 0 ? undefined : rows, `Change ${property.label}`)
            close()
          }}
          onClose={close}
        />
      )}
    />
  )
}

function summaryOf(fields: readonly DeclaredField[]): string {
  return fields.map(({ name, optional }) => (optional === true ? `${name}?` : name)).join(', ')
}
