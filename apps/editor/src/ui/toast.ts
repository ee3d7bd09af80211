import type { ExternalToast, toast as Sonner } from 'sonner'
import { create } from 'zustand'
import type { Toasts } from './toasts.tsx'

/** What is told in passing, at the top of the window. It waits until what shows it is there. */
export const toast = Object.assign(
  (message: string, options?: ExternalToast) => tell((sonner) => sonner(message, options)),
  {
    success: (message: string, options?: ExternalToast) =>
      tell((sonner) => sonner.success(message, options)),
    info: (message: string, options?: ExternalToast) =>
      tell((sonner) => sonner.info(message, options)),
    warning: (message: string, options?: ExternalToast) =>
      tell((sonner) => sonner.warning(message, options)),
    error: (message: string, options?: ExternalToast) =>
      tell((sonner) => sonner.error(message, options)),
    loading: (message: string, options?: ExternalToast) =>
      tell((sonner) => sonner.loading(message, options)),
    dismiss: (id: string) => tell((sonner) => sonner.dismiss(id)),
  },
)

type Telling = (sonner: typeof Sonner) => unknown

const waiting: Telling[] = []
let shown: typeof Sonner | undefined

/** What shows toasts, once it was fetched; the editor draws it. */
export const useToasts = create<{ readonly Toasts: typeof Toasts | undefined }>()(() => ({
  Toasts: undefined,
}))

/** Fetches what shows toasts. */
export async function loadToasts(): Promise<void> {
  const { Toasts } = await import('./toasts.tsx')
  useToasts.setState({ Toasts })
}

/** Tells what waited; called by what shows toasts, when it is drawn. */
export function startTelling(sonner: typeof Sonner): void {
  shown = sonner
  for (const telling of waiting.splice(0)) telling(sonner)
}

function tell(telling: Telling): void {
  if (shown !== undefined) {
    telling(shown)
    return
  }
  waiting.push(telling)
  // What cannot be fetched now is fetched for the next one, which brings this one along.
  void loadToasts().catch(() => undefined)
}
