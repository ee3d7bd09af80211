import { FetchedPart } from '../ui/fetched-part.tsx'
import { replayCommands, useReplay, type ReplayState } from './replay-store.ts'

const load = async () => ({ default: (await import('./replay-bar.tsx')).ReplayBar })
const noProps = {}

const selectIsOpen = ({ isOpen }: ReplayState) => isOpen

/** The time line of the shown run, fetched when somebody wants to go along it. */
export function LazyReplayBar() {
  if (!useReplay(selectIsOpen)) return null
  return (
    <FetchedPart
      name="The replay bar"
      load={load}
      props={noProps}
      onFailed={replayCommands.close}
    />
  )
}
