import type { Source } from '@millrace/flow/events'
import { lazy, Suspense } from 'react'
import type { Answer } from './answer.ts'
import styles from './answer-view.module.css'
import { PlainIfBroken } from './plain-if-broken.tsx'
import { Spinner } from './spinner.tsx'

const readMarkdown = () => import('./markdown.tsx')
const Markdown = lazy(async () => ({ default: (await readMarkdown()).Markdown }))

/** Fetches what reads Markdown before there is some; without it the first answer shows its marks. */
export function prepareAnswers(): void {
  // Where it fails, the answer says so by staying plain.
  readMarkdown().catch(() => undefined)
}

export interface AnswerViewProps {
  readonly answer: Answer
  readonly isStreaming: boolean
}

/** An answer: text as Markdown and JSON blocks, the sources under them, and what the flow is doing. */
export function AnswerView({ answer, isStreaming }: AnswerViewProps) {
  const { parts, sources, statusLine } = answer
  return (
    <>
      {parts.map((part, index) => {
        // Parts are only ever added at the end.
        switch (part.kind) {
          case 'text':
            return (
              <Text
                key={index}
                text={part.text}
                isStreaming={isStreaming && index === parts.length - 1}
              />
            )
          case 'json':
            return (
              <pre key={index} className={styles.json} tabIndex={0}>
                {JSON.stringify(part.value, null, 2)}
              </pre>
            )
        }
      })}
      {sources.length > 0 && <Sources items={sources} />}
      {isStreaming && parts.length === 0 && statusLine === undefined && (
        <span className={styles.waiting} aria-hidden>
          <i />
          <i />
          <i />
        </span>
      )}
      {isStreaming && statusLine !== undefined && (
        <p className={styles.status}>
          <Spinner size={12} /> {statusLine}
        </p>
      )}
    </>
  )
}

interface TextProps {
  readonly text: string
  readonly isStreaming: boolean
}

/** Text as Markdown; as it is until that can be read, and where it cannot. */
function Text({ text, isStreaming }: TextProps) {
  const plain = <p className={styles.plain}>{text}</p>
  return (
    <PlainIfBroken plain={plain}>
      <Suspense fallback={plain}>
        <Markdown text={text} isStreaming={isStreaming} />
      </Suspense>
    </PlainIfBroken>
  )
}

function Sources({ items }: { readonly items: readonly Source[] }) {
  return (
    <section className={styles.sources} aria-label="Sources">
      {/* No heading: an answer has headings of its own, of any level. */}
      <p className={styles.count}>{items.length === 1 ? '1 source' : `${items.length} sources`}</p>
      <ol>
        {items.map(({ title, url, snippet, score }, index) => (
          <li key={index}>
            <span className={styles.sourceHead}>
              {url === undefined ? (
                <span className={styles.sourceTitle}>{title}</span>
              ) : (
                <a
                  className={styles.sourceTitle}
                  href={url}
                  target="_blank"
                  rel="noopener noreferrer nofollow"
                >
                  {title}
                </a>
              )}
              {score !== undefined && (
                <span className={styles.score} title="Score">
                  <span className="visually-hidden">Score </span>
                  {scoreText(score)}
                </span>
              )}
            </span>
            {url !== undefined && url !== title && <p className={styles.address}>{url}</p>}
            {snippet !== undefined && <p className={styles.snippet}>{snippet}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}

function scoreText(score: number): string {
  return Number.isInteger(score) ? String(score) : score.toFixed(score < 10 ? 2 : 1)
}
