import { useEffect, type CSSProperties } from 'react'
import { toast, Toaster } from 'sonner'
import { startTelling } from './toast.ts'

/** The toasts of the editor. */
export function Toasts({ theme }: { readonly theme: 'light' | 'dark' | 'system' }) {
  useEffect(() => startTelling(toast), [])
  return <Toaster theme={theme} position="top-center" offset={58} style={style} />
}

// In the style attribute, since sonner's own sheet is in no layer and would win over ours.
const style = {
  fontFamily: 'var(--font)',
  '--normal-bg': 'var(--surface)',
  '--normal-border': 'var(--line)',
  '--normal-text': 'var(--text)',
  '--border-radius': '10px',
} as CSSProperties // the type knows no custom properties
