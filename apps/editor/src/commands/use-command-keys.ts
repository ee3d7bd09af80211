import { useEffect } from 'react'
import { commandFor } from './command-for.ts'
import { commandOf, runCommand } from './commands.ts'
import { focusOf } from './key-focus.ts'

/** Binds the keys of all commands for as long as the designer stands. */
export function useCommandKeys(): void {
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown, true)
    window.addEventListener('keydown', onKeyDown)
    return () => {
      window.removeEventListener('keydown', onKeyDown, true)
      window.removeEventListener('keydown', onKeyDown)
    }
  }, [])
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const id = commandFor(event, focusOf(event.target))
  if (id === undefined) return
  // What counts everywhere is taken first: React Flow would deselect a card on Ctrl+Enter, and move
  // one by an arrow whatever is held with it.
  const isFirst = (commandOf(id).scope ?? 'canvas') !== 'canvas' || event.key.startsWith('Arrow')
  if (isFirst !== (event.eventPhase === Event.CAPTURING_PHASE)) return
  if (isFirst) event.stopPropagation()
  event.preventDefault()
  runCommand(id)
}
