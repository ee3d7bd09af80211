import { lazy, Suspense } from 'react'
import type { ImportDialogProps } from './import-dialog.tsx'

const Dialog = lazy(async () => ({ default: (await import('./import-dialog.tsx')).ImportDialog }))

/** The dialog that imports flows, fetched when it is opened. */
export function LazyImportDialog(props: ImportDialogProps) {
  return (
    <Suspense>
      <Dialog {...props} />
    </Suspense>
  )
}
