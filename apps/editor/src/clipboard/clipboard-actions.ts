import { canvasCommands } from '../canvas/canvas-commands.ts'
import { clipboardCommands, type Pasting } from './clipboard-commands.ts'
import { toast } from '../ui/toast.ts'

/** Copy, cut and paste from a menu, which need the browser's leave; the keys use its own events. */
export const clipboardActions = {
  /** Whether it was copied. */
  async copy(): Promise<boolean> {
    const text = clipboardCommands.copied()
    if (text === undefined) return false
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      toast.warning('The browser did not allow copying from a menu. Press Ctrl+C instead.')
      return false
    }
  },
  /** What could not be copied stays. */
  async cut(): Promise<void> {
    if (await clipboardActions.copy()) canvasCommands.removeSelected()
  },
  async paste(how: Partial<Omit<Pasting, 'part'>> = {}): Promise<void> {
    let text: string
    try {
      text = await navigator.clipboard.readText()
    } catch {
      toast.warning(
        'The browser did not allow reading the clipboard. Press Ctrl+V instead, or allow it for this page in the address bar.',
      )
      return
    }
    clipboardCommands.paste(text, how)
  },
}
