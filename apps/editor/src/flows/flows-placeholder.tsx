import { SearchX, ServerCrash, Workflow } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { flowListCommands, useFlowList } from './flow-list.ts'
import { flowsPageCommands, useFlowsPage } from './flows-page-store.ts'
import styles from './flows-page.module.css'

/** What stands in the place of flows: while they load, when they could not be read, when there are none. */
export function FlowsPlaceholder({ isNothingShown }: { readonly isNothingShown: boolean }) {
  const { status, flows, error } = useFlowList()
  const query = useFlowsPage((state) => state.filter.query.trim())

  if (status === 'loading' && flows.length === 0) return <Skeletons />
  if (status === 'failed') {
    // What was read before stays in view below.
    return (
      <EmptyState
        size={flows.length === 0 ? 'page' : 'inline'}
        icon={<ServerCrash size={24} aria-hidden />}
        title="The flows could not be read"
        actions={<Button onClick={() => void flowListCommands.load()}>Try again</Button>}
      >
        {error?.message}
      </EmptyState>
    )
  }
  if (flows.length === 0) {
    return (
      <EmptyState
        size="page"
        icon={<Workflow size={24} aria-hidden />}
        title="Draw your first flow"
        actions={
          <>
            <Button onClick={() => flowsPageCommands.open({ kind: 'import', texts: [] })}>
              Import one
            </Button>
            <Button variant="primary" onClick={() => flowsPageCommands.open({ kind: 'new' })}>
              New flow
            </Button>
          </>
        }
      >
        A flow is the backend of a chat or of an API: what happens between a question and its
        answer. Start from a template that runs, or drop a flow file anywhere on this page.
      </EmptyState>
    )
  }
  if (!isNothingShown) return null
  return (
    <EmptyState
      icon={<SearchX size={20} aria-hidden />}
      title={query === '' ? 'No flow is like that' : `Nothing is found for “${query}”`}
      actions={<Button onClick={flowsPageCommands.showAll}>Show all flows</Button>}
    >
      {query === ''
        ? 'The tags and the state that you chose leave none.'
        : 'Names, descriptions, tags and nodes of flows were searched.'}
    </EmptyState>
  )
}

function Skeletons() {
  return (
    <div role="status">
      <span className="visually-hidden">Loading flows…</span>
      <div className={styles.list} data-layout="grid" aria-hidden>
        {Array.from({ length: 6 }, (_, index) => (
          <div key={index} className={styles.skeleton}>
            <span />
            <span />
          </div>
        ))}
      </div>
    </div>
  )
}
