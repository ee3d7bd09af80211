import { lazy, Suspense } from 'react'
import type { ConnectionDialogProps } from './connection-dialog.tsx'

const Dialog = lazy(async () => ({
  default: (await import('./connection-dialog.tsx')).ConnectionDialog,
}))

/** The dialog of a connection, fetched when it is opened. */
export function LazyConnectionDialog(props: ConnectionDialogProps) {
  return (
    <Suspense>
      <Dialog {...props} />
    </Suspense>
  )
}
