import { expect, it } from 'vitest'
import { resizedPanel } from './resized-panel.ts'

const panel = { size: 300, range: [220, 480], room: 1440 } as const

it('makes a panel wider when its edge moves away from it', () => {
  expect(resizedPanel({ ...panel, edge: 'right', by: 40 })).toBe(340)
  expect(resizedPanel({ ...panel, edge: 'left', by: -40 })).toBe(340)
  expect(resizedPanel({ ...panel, edge: 'top', by: -40 })).toBe(340)
})

it('keeps a panel within its range', () => {
  expect(resizedPanel({ ...panel, edge: 'right', by: 500 })).toBe(480)
  expect(resizedPanel({ ...panel, edge: 'right', by: -500 })).toBe(220)
})

it('leaves room for the canvas, where the panel has at least its own', () => {
  expect(resizedPanel({ ...panel, edge: 'top', by: -400, room: 500 })).toBe(340)
  expect(resizedPanel({ ...panel, edge: 'top', by: -400, room: 200 })).toBe(220)
})
