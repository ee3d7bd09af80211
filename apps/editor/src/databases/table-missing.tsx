import type { NewColumn, Table } from '@millrace/nodes'
import { TableProperties } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { CreateTableDialog } from './create-table-dialog.tsx'
import type { NodeTable } from './use-node-table.ts'

export interface TableMissingProps {
  readonly of: NodeTable
  /** Asked for when the dialog opens. */
  readonly columns: () => readonly NewColumn[]
  readonly onCreated: (table: Table) => void
}

/** Offers to create the table that is not there. */
export function TableMissing({ of, columns, onCreated }: TableMissingProps) {
  const { database, name } = of
  const [proposed, setProposed] = useState<readonly NewColumn[]>()
  if (database.connectionId === undefined || name === undefined) return null
  return (
    <>
      <Button
        size="small"
        icon={<TableProperties size={13} aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => setProposed(columns())}
      >
        Create table
      </Button>
      {proposed !== undefined && (
        <CreateTableDialog
          system={database.system}
          connectionId={database.connectionId}
          table={name}
          columns={proposed}
          onCreated={(table) => {
            setProposed(undefined)
            onCreated(table)
          }}
          onClose={() => setProposed(undefined)}
        />
      )}
    </>
  )
}
