import { emptyFlow, type Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import type { Point } from '../canvas/placement.ts'
import { registry } from '../registry.ts'
import { copyPart } from './copied-part.ts'
import { pastePlace } from './paste-place.ts'

function flowWith(id: string, nodes: Readonly<Record<string, Point>>): Flow {
  return {
    ...emptyFlow(id, id),
    nodes: Object.keys(nodes).map((nodeId) => ({ id: nodeId, type: 'flow.log' })),
    layout: { nodes },
  }
}

/** A view whose middle is at 1000, 1000. */
const view = (isInView: boolean) => ({
  centre: () => [1000, 1000] as const,
  isInView: () => isInView,
})

const here = flowWith('here', { log: [80, 160] })
const copied = copyPart(here, registry, { nodeIds: new Set(['log']), noteIds: new Set() })

it('pastes beside what was copied, and not onto what was pasted there before', () => {
  expect(pastePlace(copied, here, view(true))([80, 160])).toEqual([112, 192])
  const again = flowWith('here', { log: [80, 160], log2: [112, 192] })
  expect(pastePlace(copied, again, view(true))([80, 160])).toEqual([144, 224])
})

it('pastes into the middle of the view where what was copied is out of sight', () => {
  expect(pastePlace(copied, here, view(false))([80, 160])).toEqual([872, 936])
})

it('pastes into the middle of the view of another flow, each copy apart from the last', () => {
  const other = flowWith('other', {})
  expect(pastePlace(copied, other, view(true))([80, 160])).toEqual([872, 936])
  const again = flowWith('other', { log: [872, 936] })
  expect(pastePlace(copied, again, view(true))([80, 160])).toEqual([904, 968])
})
