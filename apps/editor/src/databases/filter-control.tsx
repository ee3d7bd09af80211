import { readFilter, type Filter } from '@millrace/flow'
import { useEffect } from 'react'
import { placeholderOf, type ControlProps } from '../properties/control-props.ts'
import { JsonControl } from '../properties/json-control.tsx'
import { SummaryControl } from '../properties/summary-control.tsx'
import { summaryOfFilter } from './filter-text.ts'
import { LazyFilterDialog, preloadDialogs } from './lazy-dialogs.ts'

/** Which rows of a table count: a line that opens the rows of the filter. */
export function FilterControl(props: ControlProps<'filter'>) {
  const { nodeId, property, value, onChange } = props
  useEffect(preloadDialogs, [])
  const filter = value === undefined ? noFilter : readFilter(value)
  // From a file, or from an older definition.
  if (filter === undefined) return <JsonControl {...props} title="Edit as JSON" />
  return (
    <SummaryControl
      {...props}
      placeholder={placeholderOf(property)}
      editLabel="Edit filter"
      summary={filter.rows.length === 0 ? undefined : summaryOfFilter(filter)}
      dialog={(close) => (
        <LazyFilterDialog
          nodeId={nodeId}
          property={property}
          filter={filter}
          onAccept={({ match, rows }) => {
            const written = rows.map((row) => ({ ...row }))
            onChange(rows.length === 0 ? undefined : { match, rows: written })
            close()
          }}
          onClose={close}
        />
      )}
    />
  )
}

const noFilter: Filter = { match: 'all', rows: [] }
