import { emptyFlow, type Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { registry } from '../registry.ts'
import { linksOf } from './links-of-nodes.ts'
import { boxesOf } from './placement.ts'

const flow: Flow = {
  ...emptyFlow('flow', 'Flow'),
  nodes: [
    { id: 'first', type: 'no.such' },
    { id: 'second', type: 'no.such' },
    { id: 'tool', type: 'no.such' },
  ],
  edges: [{ from: ['first', 'next'], to: 'second' }],
  attachments: [{ host: ['second', 'tools'], resource: 'tool' }],
}

it('tells what leads to and from a node', () => {
  const nothing = { exits: [], attached: new Set(), isRunAfter: false, isResource: false }
  expect(linksOf(flow, 'first')).toEqual({ ...nothing, exits: ['next'] })
  expect(linksOf(flow, 'second')).toEqual({
    ...nothing,
    attached: new Set(['tools']),
    isRunAfter: true,
  })
  expect(linksOf(flow, 'tool')).toEqual({ ...nothing, isResource: true })
  expect(linksOf(flow, 'missing')).toEqual(nothing)
})

it('sees an attachment that was taken away while the edges stayed', () => {
  linksOf(flow, 'second')
  expect(linksOf({ ...flow, attachments: [] }, 'second').attached).toEqual(new Set())
})

it('reads each edge and attachment once, however many cards there are', () => {
  const size = 200
  let reads = 0
  const counted = <T extends object>(item: T) =>
    new Proxy(item, {
      get(target, key, receiver): unknown {
        reads += 1
        return Reflect.get(target, key, receiver)
      },
    })
  const ids = Array.from({ length: size }, (_, index) => index)
  const nodes = ids.flatMap((id) => [
    { id: `host${id}`, type: 'no.such' },
    { id: `resource${id}`, type: 'no.such' },
  ])
  const large: Flow = {
    ...flow,
    nodes,
    layout: { nodes: Object.fromEntries(nodes.map(({ id }, index) => [id, [336 * index, 0]])) },
    edges: ids.slice(1).map((id) => counted({ from: [`host${id - 1}`, 'next'], to: `host${id}` })),
    attachments: ids.map((id) =>
      counted({ host: [`host${id}`, 'tool'], resource: `resource${id}` }),
    ),
  }
  expect(boxesOf(large, registry).size).toBe(2 * size)
  // Both ends of each.
  expect(reads).toBeLessThanOrEqual(2 * (2 * size))
})
