import type { toast as Sonner } from 'sonner'
import { afterEach, expect, it } from 'vitest'
import { flowOf, registry as fixtures } from '../canvas/testing/fixtures.ts'
import { documentCommands } from '../document/document-store.ts'
import { fillRegistry } from '../registry.ts'
import { runCommands } from '../run/run-store.ts'
import { useSession } from '../session/session-store.ts'
import { startTelling } from '../ui/toast.ts'
import { startRunFrom } from './prepare-run-from.ts'

afterEach(() => documentCommands.open(flowOf({}), undefined))

it('says what keeps a flow with errors from running again, and starts nothing', () => {
  const told: string[] = []
  startTelling({ error: (message: string) => told.push(message) } as unknown as typeof Sonner) // all that is called
  fillRegistry({ nodes: [...fixtures.nodes.values()], connections: [] })
  documentCommands.open(flowOf({ start: 'test.start', other: 'test.start' }), '1')
  startRunFrom({
    runId: 'run-1',
    input: null,
    from: 'chat',
    kept: 0,
    rerun: [],
    hasChanged: true,
    document: undefined,
  })
  expect(told).toEqual([expect.stringContaining('the flow from running.')])
  expect(useSession.getState().bottomPanel).toBe('problems')
  expect(runCommands.current().status).toBe('idle')
})
