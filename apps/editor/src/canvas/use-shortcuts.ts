import { useEffect, useRef } from 'react'
import { focusOf, shortcutFor, shortcuts, type ShortcutId } from './shortcuts.ts'

export type ShortcutHandlers = Partial<Record<ShortcutId, () => void>>

/** Binds shortcuts of the table to what they do here, for as long as the component stands. */
export function useShortcuts(handlers: ShortcutHandlers): void {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return
      const id = shortcutFor(event, focusOf(event.target))
      const handler = id === undefined ? undefined : latest.current[id]
      if (id === undefined || handler === undefined) return
      // What counts everywhere is taken first: React Flow would deselect a card on Ctrl+Enter.
      const isEverywhere = shortcuts[id].scope !== 'canvas'
      if (isEverywhere !== (event.eventPhase === Event.CAPTURING_PHASE)) return
      if (isEverywhere) event.stopPropagation()
      event.preventDefault()
      handler()
    }
    window.addEventListener('keydown', onKeyDown, true)
    window.addEventListener('keydown', onKeyDown)
    return () => {
      window.removeEventListener('keydown', onKeyDown, true)
      window.removeEventListener('keydown', onKeyDown)
    }
  }, [])
}
