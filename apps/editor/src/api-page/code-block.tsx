import { lazy, Suspense } from 'react'
import { CopyButton } from '../ui/copy-button.tsx'
import styles from './code-block.module.css'
import type { SnippetLanguage } from './snippets/snippet.ts'

const ColouredCode = lazy(async () => ({
  default: (await import('./coloured-code.tsx')).ColouredCode,
}))

export interface CodeBlockProps {
  /** Its name, in its head. */
  readonly name: string
  readonly language: SnippetLanguage
  readonly code: string
}

/** Code to be read and copied. */
export function CodeBlock({ name, language, code }: CodeBlockProps) {
  return (
    <figure className={styles.block} aria-label={name}>
      <figcaption className={styles.head}>
        <span>{name}</span>
        <CopyButton label={`Copy ${name}`} text={() => code} />
      </figcaption>
      {/* Its lines may be longer than it is wide: scrolled by keyboard too. */}
      <pre tabIndex={0} className={styles.code}>
        <Suspense fallback={code}>
          <ColouredCode code={code} language={language} />
        </Suspense>
      </pre>
    </figure>
  )
}
