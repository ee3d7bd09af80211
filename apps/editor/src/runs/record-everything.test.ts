import { setFlowFields, settingsOf, type Flow } from '@millrace/flow'
import type { toast as Sonner } from 'sonner'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { flowOf } from '../canvas/testing/fixtures.ts'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { startTelling } from '../ui/toast.ts'
import { recordEverythingOfOpen } from './record-everything.tsx'
import { recordEverything } from './run-actions.ts'

const told: string[] = []
beforeEach(() => {
  told.length = 0
  startTelling({ success: (message: string) => told.push(message) } as unknown as typeof Sonner) // all that is called
})
afterEach(() => {
  documentCommands.open(flowOf({}), undefined)
  vi.unstubAllGlobals()
})

const flow: Flow = { ...flowOf({ start: 'test.start' }), settings: { onDisconnect: 'finish' } }

/** A server with the flow; gives what was saved, and the revision that it was based on. */
function serve(stored: Flow): { readonly saved: readonly (readonly [string | null, Flow])[] } {
  const saved: (readonly [string | null, Flow])[] = []
  vi.stubGlobal(
    'fetch',
    (_: string, init: { method?: string; headers?: HeadersInit; body?: string } = {}) => {
      if (init.method === 'PUT') {
        saved.push([new Headers(init.headers).get('if-match'), JSON.parse(init.body ?? '') as Flow]) // what was sent
      }
      return Promise.resolve(Response.json(stored, { headers: { etag: '"7"' } }))
    },
  )
  return { saved }
}

it('sets the open flow, as one step that can be undone, and leaves its other settings', () => {
  documentCommands.open(flow, '1')
  recordEverythingOfOpen()
  const { flow: edited } = useDocument.getState()
  expect(settingsOf(edited)).toMatchObject({ trace: 'full', onDisconnect: 'finish' })
  expect(told).toEqual([expect.stringContaining('everything is recorded')])
  documentCommands.undo()
  expect(settingsOf(useDocument.getState().flow).trace).toBe('summary')
})

it('saves a flow that is not open, on the revision that it read', async () => {
  const { saved } = serve(flow)
  await recordEverything('test', 'Mill talk')
  expect(saved).toEqual([
    ['"7"', expect.objectContaining({ settings: { onDisconnect: 'finish', trace: 'full' } })],
  ])
  expect(told).toEqual([expect.stringContaining('“Mill talk”')])
})

it('saves nothing where everything is recorded already', async () => {
  const { saved } = serve(setFlowFields(flow, { settings: { trace: 'full' } }))
  await recordEverything('test', 'Mill talk')
  expect(saved).toEqual([])
})
