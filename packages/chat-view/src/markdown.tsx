import { memo } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import remend from 'remend'
import { CodeBlock } from './code-block.tsx'
import { isReadableMarkdown } from './is-readable-markdown.ts'
import { markdownBlocks } from './markdown-blocks.ts'
import styles from './markdown.module.css'

export interface MarkdownProps {
  readonly text: string
  /** Whether more is to come: then what is cut off in the middle is closed, and a caret stands at the end. */
  readonly isStreaming: boolean
}

/** Text of a model as Markdown: HTML stays the text it is, no remote pictures, links of the web and mail only. */
export function Markdown({ text, isStreaming }: MarkdownProps) {
  const blocks = markdownBlocks(text)
  return (
    <div className={styles.markdown} data-streaming={isStreaming || undefined}>
      {blocks.map((block, index) => (
        // Blocks are only ever added at the end.
        <Block
          key={index}
          text={isStreaming && index === blocks.length - 1 ? remend(block) : block}
        />
      ))}
    </div>
  )
}

const Block = memo(function Block({ text }: { readonly text: string }) {
  if (!isReadableMarkdown(text)) return <p className={styles.plain}>{text}</p>
  return (
    <ReactMarkdown remarkPlugins={[remarkGfm]} urlTransform={webAddress} components={components}>
      {text}
    </ReactMarkdown>
  )
})

function webAddress(address: string): string {
  return /^(?:https?:|mailto:)/i.test(address) ? address : ''
}

const components: Components = {
  a: ({ href, children }) =>
    href ? (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  // A picture would tell its server who reads the answer: its address is shown instead.
  img: ({ src, alt }) =>
    typeof src === 'string' && src !== '' ? (
      <a href={src} target="_blank" rel="noopener noreferrer nofollow">
        {alt || 'Picture'}
      </a>
    ) : (
      <span>{alt}</span>
    ),
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  // It scrolls, so the keyboard must get there.
  table: ({ children }) => (
    <div className={styles.table} tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
}
