import { lazy, Suspense } from 'react'
import styles from './chat-preview.module.css'
import type { Answer, Source } from './answer.ts'

const Markdown = lazy(async () => ({ default: (await import('./markdown.tsx')).Markdown }))

export interface AnswerViewProps {
  readonly answer: Answer
  readonly isStreaming: boolean
}

/** The pieces of an answer: text as Markdown, sources, and JSON blocks. */
export function AnswerView({ answer: { parts, statusLine }, isStreaming }: AnswerViewProps) {
  return (
    <>
      {parts.map((part, index) => {
        // Parts are only ever added at the end.
        switch (part.kind) {
          case 'text':
            return (
              <Suspense key={index} fallback={<p className={styles.plain}>{part.text}</p>}>
                <Markdown
                  text={part.text}
                  isStreaming={isStreaming && index === parts.length - 1}
                />
              </Suspense>
            )
          case 'sources':
            return <Sources key={index} items={part.items} />
          case 'json':
            return (
              <pre key={index} className={styles.json} tabIndex={0}>
                {JSON.stringify(part.value, null, 2)}
              </pre>
            )
        }
      })}
      {isStreaming && parts.length === 0 && statusLine === undefined && (
        <span className={styles.waiting} aria-hidden>
          <i />
          <i />
          <i />
        </span>
      )}
      {isStreaming && statusLine !== undefined && <p className={styles.statusLine}>{statusLine}</p>}
    </>
  )
}

function Sources({ items }: { readonly items: readonly Source[] }) {
  return (
    <section className={styles.sources} aria-label="Sources">
      <h3>Sources</h3>
      <ol>
        {items.map(({ title, url, snippet }, index) => (
          <li key={index}>
            {url === undefined ? (
              title
            ) : (
              <a href={url} target="_blank" rel="noopener noreferrer nofollow">
                {title}
              </a>
            )}
            {snippet !== undefined && <p>{snippet}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}
