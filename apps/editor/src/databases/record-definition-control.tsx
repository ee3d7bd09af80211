import { readRecordDefinition, type JsonValue, type RecordField } from '@millrace/flow'
import { useEffect } from 'react'
import { placeholderOf, type ControlProps } from '../properties/control-props.ts'
import { JsonControl } from '../properties/json-control.tsx'
import { SummaryControl } from '../properties/summary-control.tsx'
import { plain, roleOf, summaryOfFields } from './record-fields.ts'
import { LazyRecordDefinitionDialog, preloadDialogs } from './lazy-dialogs.ts'

/** The columns of a table of vectors and what each is for: a line that opens their grid. */
export function RecordDefinitionControl(props: ControlProps<'recordDefinition'>) {
  const { nodeId, property, value, onChange } = props
  useEffect(preloadDialogs, [])
  const fields = value === undefined ? noFields : readRecordDefinition(value)
  // From a file, or from an older definition.
  if (fields === undefined) return <JsonControl {...props} title="Edit as JSON" />
  return (
    <SummaryControl
      {...props}
      placeholder={placeholderOf(property)}
      editLabel="Edit record definition"
      summary={fields.length === 0 ? undefined : summaryOfFields(fields)}
      dialog={(close) => (
        <LazyRecordDefinitionDialog
          nodeId={nodeId}
          property={property}
          fields={fields}
          onAccept={(accepted) => {
            const rows = accepted.map((field): JsonValue => ({ ...plain(field, roleOf(field)) }))
            onChange(rows.length === 0 ? undefined : rows)
            close()
          }}
          onClose={close}
        />
      )}
    />
  )
}

const noFields: readonly RecordField[] = []
