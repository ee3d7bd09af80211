import { FetchedPart } from '../ui/fetched-part.tsx'
import type { RunBannerProps } from './run-banner.tsx'

const load = async () => ({ default: (await import('./run-banner.tsx')).RunBanner })

/** Opens the run that the address names, fetched when it names one. */
export function LazyOpenedRun(props: RunBannerProps) {
  return <FetchedPart name="The run" load={load} props={props} />
}
