import { Braces, Plus, ServerCrash } from 'lucide-react'
import { useState } from 'react'
import type { Variable, VariableUses } from '../api/variables-api.ts'
import { OfflineBanner } from '../app/offline-banner.tsx'
import page from '../app/page.module.css'
import { PageHeader } from '../app/page-header.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { DeleteVariableDialog } from './delete-variable-dialog.tsx'
import { MissingVariables } from './missing-variables.tsx'
import { useVariables } from './use-variables.ts'
import { VariableDialog } from './variable-dialog.tsx'
import styles from './variables-page.module.css'
import { VariablesTable } from './variables-table.tsx'

type Open =
  | { readonly dialog: 'none' }
  | { readonly dialog: 'new'; readonly name: string }
  | { readonly dialog: 'edit' | 'delete'; readonly variable: Variable }

const noUses: VariableUses = new Map()

/** The variables of the workspace, with a value for each environment. */
export function VariablesPage() {
  const { list, load } = useVariables()
  const [open, setOpen] = useState<Open>({ dialog: 'none' })
  const variables = list.status === 'ready' ? list.variables : []
  const uses = list.status === 'ready' ? list.uses : noUses
  const create = (name: string) => setOpen({ dialog: 'new', name })
  const close = () => setOpen({ dialog: 'none' })
  const shared = { onClose: close, onDone: load }
  const newButton = (
    <Button variant="primary" icon={<Plus size={16} aria-hidden />} onClick={() => create('')}>
      New variable
    </Button>
  )
  return (
    <div className={`${page.page} ${styles.page}`}>
      <title>Variables · Millrace</title>
      <PageHeader current="variables" />
      <OfflineBanner>This page fills by itself when it is back.</OfflineBanner>
      <main className={page.main}>
        <div className={`${page.head} ${styles.head}`}>
          <div>
            <h1>Variables</h1>
            <p>
              Values that differ from one environment to the next. A connection uses one as{' '}
              <code>{'${name}'}</code> in its fields for text and numbers.
            </p>
          </div>
          {variables.length > 0 && newButton}
        </div>
        {list.status === 'loading' && (
          <p className={styles.loading} role="status">
            <Spinner /> Loading variables…
          </p>
        )}
        {list.status === 'failed' && (
          <EmptyState
            size="page"
            icon={<ServerCrash size={24} aria-hidden />}
            title="The variables could not be read"
            actions={<Button onClick={load}>Try again</Button>}
          >
            {list.error.message}
          </EmptyState>
        )}
        {list.status === 'ready' && variables.length === 0 && (
          <EmptyState
            size="page"
            icon={<Braces size={24} aria-hidden />}
            title="No variables yet"
            actions={newButton}
          >
            The address of a database, for example: one for testing, another in production, and the
            same connection for both.
          </EmptyState>
        )}
        {variables.length > 0 && (
          <VariablesTable
            variables={variables}
            uses={uses}
            onEdit={(variable) => setOpen({ dialog: 'edit', variable })}
            onDelete={(variable) => setOpen({ dialog: 'delete', variable })}
          />
        )}
        <MissingVariables variables={variables} uses={uses} onCreate={create} />
      </main>
      {open.dialog === 'new' && (
        <VariableDialog
          name={open.name}
          taken={new Set(variables.map(({ name }) => name))}
          {...shared}
        />
      )}
      {open.dialog === 'edit' && (
        <VariableDialog
          variable={open.variable}
          uses={uses.get(open.variable.name) ?? []}
          {...shared}
        />
      )}
      {open.dialog === 'delete' && (
        <DeleteVariableDialog
          variable={open.variable}
          uses={uses.get(open.variable.name) ?? []}
          {...shared}
        />
      )}
    </div>
  )
}
