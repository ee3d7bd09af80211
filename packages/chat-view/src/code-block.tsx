import { Check, Copy } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import styles from './code-block.module.css'
import { useCopy } from './use-copy.ts'

/** A block of code, with a button that copies it. It scrolls, so the keyboard must get there. */
export function CodeBlock({ children }: { readonly children: ReactNode }) {
  const code = useRef<HTMLPreElement>(null)
  const { isCopied, copy } = useCopy()
  return (
    <div className={styles.block}>
      <pre ref={code} tabIndex={0}>
        {children}
      </pre>
      <button
        type="button"
        className={styles.copy}
        aria-label={isCopied ? 'Copied' : 'Copy code'}
        onClick={() => copy(code.current?.textContent ?? '')}
      >
        {isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      </button>
    </div>
  )
}
