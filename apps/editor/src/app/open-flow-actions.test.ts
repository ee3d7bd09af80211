import { setFlowFields } from '@millrace/flow'
import { afterEach, expect, it, vi } from 'vitest'
import { flowOf } from '../canvas/testing/fixtures.ts'
import { documentCommands } from '../document/document-store.ts'
import { duplicateOpenFlow } from './open-flow-actions.ts'

afterEach(() => vi.unstubAllGlobals())

it('makes no copy that would lack what could not be saved', async () => {
  const calls: string[] = []
  vi.stubGlobal('fetch', (path: string, { method }: RequestInit) => {
    calls.push(`${method} ${path}`)
    return Promise.reject(new TypeError('The server is gone.'))
  })
  documentCommands.open(flowOf({}), '1')
  documentCommands.edit('Rename', (flow) => setFlowFields(flow, { name: 'Changed' }))
  await expect(duplicateOpenFlow()).rejects.toThrow('“Changed” is not saved, so a copy would lack')
  expect(calls).toEqual(['PUT /api/flows/test'])
  documentCommands.open(flowOf({}), undefined)
})
