import { useState } from 'react'

const saidMs = 1500

/** Copies texts, and says so for a moment. */
export function useCopy(): { readonly isCopied: boolean; readonly copy: (text: string) => void } {
  const [isCopied, setCopied] = useState(false)
  return {
    isCopied,
    copy(text) {
      // A page may forbid it, as one that is framed; then nothing is said.
      navigator.clipboard.writeText(text).then(
        () => {
          setCopied(true)
          setTimeout(() => setCopied(false), saidMs)
        },
        () => undefined,
      )
    },
  }
}
