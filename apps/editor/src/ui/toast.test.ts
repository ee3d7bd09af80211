import type { toast as Sonner } from 'sonner'
import { expect, it, vi } from 'vitest'

vi.mock('./toasts.tsx', () => ({ Toasts: () => null }))

it('tells what was said before anything could show it, in its order', async () => {
  // Other files may have shown toasts in this process already.
  vi.resetModules()
  const { startTelling, toast, useToasts } = await import('./toast.ts')
  const told: string[] = []
  const sonner = Object.assign((message: string) => told.push(message), {
    success: (message: string) => told.push(`success: ${message}`),
  }) as unknown as typeof Sonner // as much of it as is used here

  toast.success('Saved')
  toast('Deleted')
  await vi.waitFor(() => expect(useToasts.getState().Toasts).toBeDefined())
  expect(told).toEqual([])
  startTelling(sonner)
  toast('Back')
  expect(told).toEqual(['success: Saved', 'Deleted', 'Back'])
})
