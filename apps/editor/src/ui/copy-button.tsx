import { Check, Copy } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'

export interface CopyButtonProps {
  /** What is copied, in words: *Copy answer*. */
  readonly label: string
  /** Asked for when the button is pressed. */
  readonly text: () => string
  /** Its picture, where there are several kinds of copying. */
  readonly children?: ReactNode
}

/** Copies a text, and says so for a moment. */
export function CopyButton({ label, text, children }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text())
    setCopied(true)
    setTimeout(() => setCopied(false), 1_500)
  }
  return (
    <IconButton label={isCopied ? 'Copied' : label} onClick={() => void copy()}>
      {isCopied ? <Check size={14} aria-hidden /> : (children ?? <Copy size={14} aria-hidden />)}
    </IconButton>
  )
}
