import { useMemo } from 'react'
import type { ControlProps } from '../properties/control-props.ts'
import { Hint, usingName } from '../properties/hint.tsx'
import { TextControl } from '../properties/text-control.tsx'
import { textProps } from '../properties/text-props.ts'
import { literalTextOf } from '../properties/use-literal.ts'
import { LookupFailure } from './lookup-failure.tsx'
import { tableHint, tableSuggestions } from './table-hint.ts'
import { useTables } from './tables.ts'
import { useDatabase } from './use-database.ts'

/** The name of a table: text in which variables may stand, with the connection's tables to choose from. */
export function TableControl(props: ControlProps<'table'>) {
  const { nodeId, property, value, onChange } = props
  const { connectionId } = useDatabase(nodeId, property.connection)
  const list = useTables(connectionId)
  const name = literalTextOf(value)
  const print = JSON.stringify(tableSuggestions(list))
  // The same names stay the same list, which an open list of suggestions would begin again for.
  const suggestions = useMemo(
    () => JSON.parse(print) as ReturnType<typeof tableSuggestions>, // written one line above
    [print],
  )
  const hint = tableHint(list, name)
  return (
    <>
      <TextControl {...textProps(props)} suggestions={{ ...suggestions, label: 'Show tables' }} />
      {list.status === 'failed' && connectionId !== undefined && (
        <LookupFailure connectionId={connectionId} error={list.error} />
      )}
      {hint !== undefined && (
        <Hint
          text={hint.text}
          action={
            hint.nearest === undefined
              ? undefined
              : usingName(hint.nearest, () => onChange(hint.nearest))
          }
        />
      )}
    </>
  )
}
