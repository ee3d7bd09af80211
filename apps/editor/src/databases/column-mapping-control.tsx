import { readColumnMapping, type JsonValue, type MappedColumn } from '@millrace/flow'
import { useEffect } from 'react'
import { placeholderOf, type ControlProps } from '../properties/control-props.ts'
import { JsonControl } from '../properties/json-control.tsx'
import { SummaryControl } from '../properties/summary-control.tsx'
import { summaryOfMapping } from './mapped-columns.ts'
import { LazyColumnMappingDialog, preloadDialogs } from './lazy-dialogs.ts'

/** What goes into which column of a row: a line that opens its grid. */
export function ColumnMappingControl(props: ControlProps<'columnMapping'>) {
  const { nodeId, property, value, onChange } = props
  useEffect(preloadDialogs, [])
  const columns = value === undefined ? noColumns : readColumnMapping(value)
  // From a file, or from an older definition.
  if (columns === undefined) return <JsonControl {...props} title="Edit as JSON" />
  return (
    <SummaryControl
      {...props}
      placeholder={placeholderOf(property) || 'Configure column mapping'}
      editLabel="Edit column value mapping"
      summary={columns.length === 0 ? undefined : summaryOfMapping(columns)}
      dialog={(close) => (
        <LazyColumnMappingDialog
          nodeId={nodeId}
          property={property}
          columns={columns}
          onAccept={(accepted) => {
            const rows = accepted.map((column): JsonValue => ({ ...column }))
            onChange(rows.length === 0 ? undefined : rows)
            close()
          }}
          onClose={close}
        />
      )}
    />
  )
}

const noColumns: readonly MappedColumn[] = []
