import { FetchedPart } from '../ui/fetched-part.tsx'
import type { ConnectionDialogProps } from './connection-dialog.tsx'

const load = async () => ({ default: (await import('./connection-dialog.tsx')).ConnectionDialog })

/** The dialog of a connection, fetched when it is opened. */
export function LazyConnectionDialog(props: ConnectionDialogProps) {
  return <FetchedPart name="The connection" load={load} props={props} onFailed={props.onClose} />
}
