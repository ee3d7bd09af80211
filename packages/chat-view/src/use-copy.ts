import { useState } from 'react'
import { copyText } from './copy-text.ts'

const saidMs = 1500

/** Copies texts, and says so for a moment. */
export function useCopy(): { readonly isCopied: boolean; readonly copy: (text: string) => void } {
  const [isCopied, setCopied] = useState(false)

  async function copy(text: string): Promise<void> {
    if (!(await copyText(text))) return
    setCopied(true)
    setTimeout(() => setCopied(false), saidMs)
  }

  return { isCopied, copy: (text) => void copy(text) }
}
