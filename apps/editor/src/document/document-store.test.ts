import { emptyFlow, setFlowFields } from '@millrace/flow'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { sessionCommands, useSession } from '../session/session-store.ts'
import { documentCommands, selectIsDirty, useDocument } from './document-store.ts'

beforeEach(() => {
  vi.useFakeTimers()
  documentCommands.open(emptyFlow('test', 'Test'), '1')
})
afterEach(() => vi.useRealTimers())

function rename(name: string, coalesce?: string): void {
  documentCommands.edit(
    'Rename flow',
    (flow) => setFlowFields(flow, { name }),
    coalesce === undefined ? {} : { coalesce },
  )
}

function state() {
  const { flow, canUndo, canRedo } = useDocument.getState()
  return { name: flow.name, canUndo, canRedo, isDirty: selectIsDirty(useDocument.getState()) }
}

it('undoes and redoes an edit', () => {
  rename('One')
  expect(state()).toEqual({ name: 'One', canUndo: true, canRedo: false, isDirty: true })
  documentCommands.undo()
  expect(state()).toEqual({ name: 'Test', canUndo: false, canRedo: true, isDirty: false })
  documentCommands.redo()
  expect(state()).toEqual({ name: 'One', canUndo: true, canRedo: false, isDirty: true })
})

it('undoes typing into one field at once, and a pause or another field by itself', () => {
  rename('O', 'name')
  vi.advanceTimersByTime(700)
  rename('On', 'name')
  vi.advanceTimersByTime(900)
  rename('One', 'name')
  rename('One!', 'description')
  const names = [1, 2, 3].map(() => {
    documentCommands.undo()
    return state().name
  })
  expect(names).toEqual(['One', 'On', 'Test'])
})

it('forgets what could be redone with the next edit', () => {
  rename('One')
  documentCommands.undo()
  rename('Two')
  expect(state()).toMatchObject({ name: 'Two', canRedo: false })
})

it('records no edit that changes nothing', () => {
  documentCommands.edit('Nothing', (flow) => flow)
  expect(state().canUndo).toBe(false)
})

it('records no selection, and gives back the one there was', () => {
  const nodes = [{ id: 'a', type: 'chat.trigger' }]
  documentCommands.open({ ...emptyFlow('test', 'Test'), nodes }, '1')
  sessionCommands.select(['a'])
  documentCommands.edit('Delete node', (flow) => ({ ...flow, nodes: [] }))
  sessionCommands.select([])
  expect(useDocument.getState().history.past).toHaveLength(1)
  documentCommands.undo()
  expect([...useSession.getState().selectedNodeIds]).toEqual(['a'])
})

it('is clean again after the open document was saved, and dirty after one that is older', () => {
  rename('One')
  const { flow } = useDocument.getState()
  documentCommands.markSaved(flow, '2')
  expect(state().isDirty).toBe(false)
  rename('Two')
  documentCommands.markSaved(flow, '3')
  expect(state().isDirty).toBe(true)
  expect(useDocument.getState().revision).toBe('3')
})

it('checks at once after an edit, and when the typing rests while somebody types', () => {
  const nodes = [{ id: 'a', type: 'acme.unknown' }]
  documentCommands.edit('Add', (flow) => ({ ...flow, nodes }))
  expect(useDocument.getState().problems.map(({ code }) => code)).toContain('node_unknown')
  documentCommands.edit('Type', (flow) => ({ ...flow, nodes: [] }), { coalesce: 'x' })
  expect(useDocument.getState().problems.map(({ code }) => code)).toContain('node_unknown')
  vi.advanceTimersByTime(200)
  expect(useDocument.getState().problems.map(({ code }) => code)).not.toContain('node_unknown')
})

it('counts what was typed a moment ago for who asks at once', () => {
  const nodes = [{ id: 'a', type: 'acme.unknown' }]
  documentCommands.edit('Add', (flow) => ({ ...flow, nodes }))
  documentCommands.edit('Type', (flow) => ({ ...flow, nodes: [] }), { coalesce: 'x' })
  expect(documentCommands.checkNow().map(({ code }) => code)).not.toContain('node_unknown')
  const { problems } = useDocument.getState()
  expect(documentCommands.checkNow()).toBe(problems)
})

it('starts anew when another document is opened', () => {
  rename('One')
  sessionCommands.select(['a'])
  const { opening } = useDocument.getState()
  documentCommands.open(emptyFlow('other', 'Other'), undefined)
  expect(state()).toEqual({ name: 'Other', canUndo: false, canRedo: false, isDirty: false })
  expect(useSession.getState().selectedNodeIds.size).toBe(0)
  expect(useDocument.getState().opening).toBe(opening + 1)
})
