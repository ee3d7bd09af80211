import { FetchedPart } from '../ui/fetched-part.tsx'
import type { PricesDialogProps } from './prices-dialog.tsx'

const load = async () => ({ default: (await import('./prices-dialog.tsx')).PricesDialog })

/** The dialog of what models cost, fetched when it is opened. */
export function LazyPricesDialog(props: PricesDialogProps) {
  return <FetchedPart name="The prices" load={load} props={props} onFailed={props.onClose} />
}
