import { useEffect } from 'react'
import { focusOf } from '../commands/key-focus.ts'
import { canvasCommands } from './canvas-commands.ts'

/** Lets Ctrl+C, X and V on the canvas copy and paste nodes, by the browser's own events. */
export function useClipboardKeys(): void {
  useEffect(() => {
    function onCopy(event: ClipboardEvent): void {
      const text = isOurs(event) ? canvasCommands.copied() : undefined
      if (text === undefined) return
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
      if (event.type === 'cut') canvasCommands.removeSelected()
    }
    function onPaste(event: ClipboardEvent): void {
      const text = event.clipboardData?.getData('text/plain')
      if (!isOurs(event) || text === undefined || text === '') return
      event.preventDefault()
      canvasCommands.paste(text)
    }
    window.addEventListener('copy', onCopy)
    window.addEventListener('cut', onCopy)
    window.addEventListener('paste', onPaste)
    return () => {
      window.removeEventListener('copy', onCopy)
      window.removeEventListener('cut', onCopy)
      window.removeEventListener('paste', onPaste)
    }
  }, [])
}

function isOurs(event: ClipboardEvent): boolean {
  // Text that somebody has marked is what they mean to copy.
  const isMarked = event.type !== 'paste' && (window.getSelection()?.toString() ?? '') !== ''
  return !isMarked && focusOf(event.target) !== 'field'
}
