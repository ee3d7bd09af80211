import { toast } from 'sonner'
import { canvasCommands } from './canvas-commands.ts'
import type { Point } from './placement.ts'

/** Copy, cut and paste from a menu, which need the browser's leave; the keys use its own events. */
export const clipboardActions = {
  async copy(): Promise<void> {
    const text = canvasCommands.copied()
    if (text === undefined) return
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      toast.warning('The browser did not allow copying. Press Ctrl+C instead.')
    }
  },
  async cut(): Promise<void> {
    await clipboardActions.copy()
    canvasCommands.removeSelected()
  },
  async paste(centre?: Point): Promise<void> {
    let text: string
    try {
      text = await navigator.clipboard.readText()
    } catch {
      toast.warning('The browser did not allow reading the clipboard. Press Ctrl+V instead.')
      return
    }
    canvasCommands.paste(text, centre)
  },
}
