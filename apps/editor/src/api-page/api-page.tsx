import { BookOpen } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { serverUrl } from '../api/base-path.ts'
import { BackLink } from '../app/back-link.tsx'
import { Link } from '../app/link.tsx'
import { OfflineBanner } from '../app/offline-banner.tsx'
import { designerPath } from '../app/router.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { saver } from '../saving/saving.ts'
import styles from './api-page.module.css'
import { apiTargetOf } from './api-target.ts'
import { Console } from './console/console.tsx'
import { Endpoints } from './endpoints.tsx'
import { SnippetsView } from './snippets-view.tsx'
import { keyVariable } from './snippets/snippet.ts'
import { EnvironmentChoice } from './environment-choice.tsx'
import { useEnvironment } from './use-environment.ts'

const selectFlow = (document: DocumentState) => document.flow

/** How programs call the open flow: its endpoints, code that calls them, and a place to try them. */
export function ApiPage() {
  const flow = useDocument(selectFlow)
  const { environment, choose, published } = useEnvironment(flow.id)
  const target = useMemo(
    () => apiTargetOf(flow, { serverUrl: serverUrl(), environment }),
    [flow, environment],
  )
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
    // What is called is what is stored.
    void saver.save()
  }, [])

  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <BackLink href={designerPath(flow.id)}>Back to editing</BackLink>
        <h1 className={styles.title} ref={heading} tabIndex={-1}>
          API of “{flow.name}”
        </h1>
        <Link href="/docs" className={styles.reference}>
          <BookOpen size={15} aria-hidden /> API reference
        </Link>
      </header>
      <title>{`API of ${flow.name} · Millrace`}</title>
      <OfflineBanner>
        What is shown here stays right; nothing can be tried until it is back.
      </OfflineBanner>
      <main className={styles.main}>
        <div className={styles.columns}>
          <div className={styles.column}>
            <section aria-labelledby="endpoints">
              <h2 id="endpoints">Endpoints</h2>
              <EnvironmentChoice {...{ environment, published }} onChange={choose} />
              <Endpoints target={target} />
            </section>
            <section aria-labelledby="code">
              <h2 id="code">Code</h2>
              <p className={styles.text}>
                Programs take their API key from the variable <code>{keyVariable}</code>. A server
                with neither a password nor keys takes any text. <Link href="/keys">API keys</Link>{' '}
                are made on a page of their own.
              </p>
              <SnippetsView target={target} />
            </section>
          </div>
          <Console key={flow.id} target={target} />
        </div>
      </main>
    </div>
  )
}
