import { SearchX, ServerCrash } from 'lucide-react'
import { useEffect, useState } from 'react'
import { basePath } from '../api/base-path.ts'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { PageHeader } from '../app/page-header.tsx'
import page from '../app/page.module.css'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { SearchBox } from '../ui/search-box.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { readApiDescription, type ApiDescription } from './api-description.ts'
import styles from './api-docs-page.module.css'
import { findOperations } from './find-operations.ts'
import { OperationView } from './operation-view.tsx'

type Read =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ApiError }
  | { readonly status: 'ready'; readonly description: ApiDescription }

/** What the server's whole API is, out of its own description. */
export function ApiDocsPage() {
  const [read, setRead] = useState<Read>({ status: 'loading' })
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    const leaving = new AbortController()
    readApiDescription(leaving.signal).then(
      (description) => setRead({ status: 'ready', description }),
      (thrown: unknown) => {
        if (!leaving.signal.aborted) setRead({ status: 'failed', error: toApiError(thrown) })
      },
    )
    return () => leaving.abort()
  }, [attempt])

  return (
    <div className={`${page.page} ${styles.page}`}>
      <title>API reference · Millrace</title>
      <PageHeader />
      <main className={page.main}>
        {read.status === 'loading' && (
          <p className={styles.loading} role="status">
            <Spinner /> Reading the description of the API…
          </p>
        )}
        {read.status === 'failed' && (
          <EmptyState
            size="page"
            icon={<ServerCrash size={24} aria-hidden />}
            title="The description of the API cannot be read"
            actions={<Button onClick={() => setAttempt(attempt + 1)}>Try again</Button>}
          >
            {read.error.code === 'offline' ? 'The server does not answer.' : read.error.message}
          </EmptyState>
        )}
        {read.status === 'ready' && <Description description={read.description} />}
      </main>
    </div>
  )
}

function Description({ description }: { readonly description: ApiDescription }) {
  const [query, setQuery] = useState('')
  const [named] = useState(() => location.hash.slice(1))
  const groups = findOperations(description.groups, query)
  useEffect(() => {
    if (named !== '') document.getElementById(named)?.scrollIntoView()
  }, [named])
  return (
    <>
      <div className={page.head}>
        <div>
          <h1>API reference</h1>
          <p className={styles.text}>
            Version {description.version}. {description.description.replaceAll('`', '')}{' '}
            <a href={`${basePath}/openapi.json`}>openapi.json</a> describes it for programs.
          </p>
        </div>
        <SearchBox
          label="Search calls"
          className={styles.search}
          value={query}
          onChange={setQuery}
        />
      </div>
      {groups.map(({ name, description: text, operations }) => (
        <section key={name} className={styles.group} aria-label={name}>
          <h2>{name}</h2>
          <p className={styles.text}>{text.replaceAll('`', '')}</p>
          <div className={styles.operations}>
            {operations.map((operation) => (
              <OperationView
                key={operation.id}
                operation={operation}
                isNamed={operation.id === named}
              />
            ))}
          </div>
        </section>
      ))}
      {groups.length === 0 && (
        <EmptyState
          icon={<SearchX size={20} aria-hidden />}
          title="No call is found"
          actions={<Button onClick={() => setQuery('')}>Show all</Button>}
        >
          No call holds “{query.trim()}”.
        </EmptyState>
      )}
    </>
  )
}
