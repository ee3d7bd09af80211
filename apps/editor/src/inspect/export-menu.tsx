import { toSlug, type JsonValue } from '@millrace/flow'
import { Download } from 'lucide-react'
import { downloadText } from '../flows/download.ts'
import { Button } from '../ui/button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { csvOf } from './csv.ts'

export interface ExportMenuProps {
  /** Of the file, without its ending. */
  readonly name: string
  /** Both are asked for when they are chosen. */
  readonly json: () => unknown
  readonly csv?: () => {
    readonly columns: readonly string[]
    readonly rows: readonly (readonly JsonValue[])[]
  }
}

/** Saves what is shown as a file. */
export function ExportMenu({ name, json, csv }: ExportMenuProps) {
  const file = toSlug(name) || 'value'
  return (
    <Menu
      trigger={
        <Button size="small" variant="quiet" icon={<Download size={14} aria-hidden />}>
          Export
        </Button>
      }
    >
      <MenuItem
        onSelect={() => downloadText(`${file}.json`, `${JSON.stringify(json(), null, 2)}\n`)}
      >
        As JSON
      </MenuItem>
      {csv !== undefined && (
        <MenuItem
          onSelect={() => {
            const { columns, rows } = csv()
            downloadText(`${file}.csv`, csvOf(columns, rows), 'text/csv')
          }}
        >
          As CSV
        </MenuItem>
      )}
    </Menu>
  )
}
