import { FetchedPart } from '../ui/fetched-part.tsx'
import type { ImportDialogProps } from './import-dialog.tsx'

const load = async () => ({ default: (await import('./import-dialog.tsx')).ImportDialog })

/** The dialog that imports flows, fetched when it is opened. */
export function LazyImportDialog(props: ImportDialogProps) {
  return (
    <FetchedPart name="The import of flows" load={load} props={props} onFailed={props.onClose} />
  )
}
