import type { NodeChange } from '@xyflow/react'
import { emptyFlow, type Flow } from '@millrace/flow'
import { beforeEach, expect, it, vi } from 'vitest'
import { documentCommands, useDocument } from '../../document/document-store.ts'
import { useSession } from '../../session/session-store.ts'
import { useCanvas } from '../canvas-store.ts'
import { cancelDrag, takeNodeChanges } from './changes.ts'
import type { CanvasNode } from './to-notes.ts'

const flow: Flow = {
  ...emptyFlow('test', 'Test'),
  nodes: [
    { id: 'one', type: 'flow.log' },
    { id: 'two', type: 'flow.log' },
  ],
  edges: [{ from: ['one', 'next'], to: 'two' }],
  layout: { nodes: { one: [0, 0], two: [400, 0] } },
}

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', () => 0)
  documentCommands.open(flow, '1')
})

const places = () => useDocument.getState().flow.layout?.nodes
const undoSteps = () => useDocument.getState().history.past.map(({ label }) => label)

function take(...changes: readonly NodeChange<CanvasNode>[]): void {
  takeNodeChanges(changes, () => ({ box: { x: 0, y: 0, width: 50, height: 50 }, zoom: 1 }))
}

function drag(x: number, y: number): void {
  take({ type: 'position', id: 'one', position: { x, y }, dragging: true })
}

function letGo(x: number, y: number): void {
  take({ type: 'position', id: 'one', position: { x, y }, dragging: false })
}

it('makes one step of a drag, whatever else is told of the cards meanwhile', () => {
  drag(80, 160)
  take({ type: 'dimensions', id: 'two', dimensions: { width: 256, height: 120 } })
  take({ type: 'select', id: 'two', selected: true })
  expect(undoSteps()).toEqual([])
  drag(160, 320)
  letGo(160, 320)
  expect(places()?.['one']).toEqual([160, 320])
  expect(undoSteps()).toEqual(['Move node'])
})

it('puts back what was dragged when the drag is given up, and hears no more of it', () => {
  expect(cancelDrag()).toBe(false)
  drag(80, 160)
  expect(cancelDrag()).toBe(true)
  drag(160, 320)
  expect(useCanvas.getState().dragged.size).toBe(0)
  letGo(160, 320)
  expect(undoSteps()).toEqual([])
  drag(80, 160)
  letGo(80, 160)
  expect(undoSteps()).toEqual(['Move node'])
})

it('keeps what is selected when a drag is given up', () => {
  take({ type: 'select', id: 'one', selected: true })
  drag(80, 160)
  cancelDrag()
  letGo(80, 160)
  expect([...useSession.getState().selectedNodeIds]).toEqual(['one'])
})
