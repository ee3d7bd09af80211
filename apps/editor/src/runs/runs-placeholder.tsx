import { History, SearchX, ServerCrash, ShieldX } from 'lucide-react'
import { navigate } from '../app/router.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import type { RunListState } from './create-run-list.ts'
import { isNarrowed, runsPath, type RunFilter } from './run-filter.ts'
import styles from './runs-page.module.css'

interface RunsPlaceholderProps {
  readonly list: RunListState
  readonly filter: RunFilter
  readonly onRetry: () => void
}

/** What stands in the place of runs: while they load, when they may not be read, when there are none. */
export function RunsPlaceholder({ list, filter, onRetry }: RunsPlaceholderProps) {
  const { status, runs, fresh, error } = list
  if (status === 'failed') {
    const isForbidden = error?.code === 'forbidden' || error?.code === 'unauthorized'
    const Icon = isForbidden ? ShieldX : ServerCrash
    return (
      <EmptyState
        size={runs.length === 0 ? 'page' : 'inline'}
        icon={<Icon size={24} aria-hidden />}
        title={isForbidden ? 'You may not see the runs' : 'The runs could not be read'}
        actions={<Button onClick={onRetry}>Try again</Button>}
      >
        {error?.message}
      </EmptyState>
    )
  }
  if (runs.length > 0) return null
  if (status === 'loading') return <Skeletons />
  if (fresh.length > 0) return null
  if (isNarrowed(filter)) {
    return (
      <EmptyState
        size="page"
        icon={<SearchX size={24} aria-hidden />}
        title="No run fits"
        actions={<Button onClick={() => navigate(runsPath())}>Clear filters</Button>}
      >
        No run that is kept is like this. Runs are deleted when they are too old or too many.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      size="page"
      icon={<History size={24} aria-hidden />}
      title="Nothing ran yet"
      actions={
        <Button variant="primary" onClick={() => navigate('/')}>
          Go to Flows
        </Button>
      }
    >
      Every run of a flow is listed here, whoever starts it: you in the designer, a client of the
      API, or another flow.
    </EmptyState>
  )
}

function Skeletons() {
  return (
    <div className={styles.skeletons} role="status">
      <span className="visually-hidden">Loading runs…</span>
      {Array.from({ length: 8 }, (_, index) => (
        <div key={index} className={styles.skeleton} aria-hidden>
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  )
}
