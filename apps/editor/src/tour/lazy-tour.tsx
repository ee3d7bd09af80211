import { FetchedPart } from '../ui/fetched-part.tsx'
import { tourCommands, useTour } from './tour-store.ts'

const load = async () => ({ default: (await import('./tour.tsx')).Tour })

/** The tour, fetched when it is shown. */
export function LazyTour() {
  const step = useTour((tour) => tour.step)
  if (step === undefined) return null
  return <FetchedPart name="The tour" load={load} props={{ step }} onFailed={tourCommands.end} />
}
