import { useEffect } from 'react'
import { canvasCommands } from '../canvas/canvas-commands.ts'
import { focusOf } from '../commands/key-focus.ts'
import { clipboardCommands } from './clipboard-commands.ts'

/** Lets Ctrl+C, X and V on the canvas copy and paste, by the browser's own events; with Shift, V keeps what led there. */
export function useClipboardKeys(): void {
  useEffect(() => {
    // The event of pasting does not tell which keys are held.
    let isShiftHeld = false
    function onKeyDown({ shiftKey }: KeyboardEvent): void {
      isShiftHeld = shiftKey
    }
    function onCopy(event: ClipboardEvent): void {
      const text = isOurs(event) ? clipboardCommands.copied() : undefined
      if (text === undefined) return
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
      if (event.type === 'cut') canvasCommands.removeSelected()
    }
    function onPaste(event: ClipboardEvent): void {
      const text = event.clipboardData?.getData('text/plain')
      if (!isOurs(event) || text === undefined || text === '') return
      event.preventDefault()
      clipboardCommands.paste(text, { edges: isShiftHeld ? 'incoming' : 'inner' })
    }
    window.addEventListener('keydown', onKeyDown, true)
    window.addEventListener('copy', onCopy)
    window.addEventListener('cut', onCopy)
    window.addEventListener('paste', onPaste)
    return () => {
      window.removeEventListener('keydown', onKeyDown, true)
      window.removeEventListener('copy', onCopy)
      window.removeEventListener('cut', onCopy)
      window.removeEventListener('paste', onPaste)
    }
  }, [])
}

function isOurs(event: ClipboardEvent): boolean {
  const focus = focusOf(event.target)
  // Text that somebody has marked is what they mean to copy.
  const isMarked = event.type !== 'paste' && (window.getSelection()?.toString() ?? '') !== ''
  return !isMarked && focus !== 'field' && focus !== 'dialog'
}
