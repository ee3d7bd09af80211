import { checkFlow, parseFlow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { boxesOf, isInView, openingView } from '../canvas/placement.ts'
import { registry } from '../registry.ts'
import { templates } from './templates.ts'

it('offers templates that are well formed', () => {
  for (const template of templates) {
    expect(parseFlow(template.create('id', template.name, 'http://localhost')).status).toBe('flow')
  }
})

it('runs those as they are, on the built-in connections, that say so', () => {
  const connections = new Map(
    ['demo', 'embedded-postgres'].map((kind) => [kind, { kind }] as const),
  )
  const running = templates.filter(({ description }) => description.includes('Runs as it is'))
  expect(running.map(({ id }) => id)).toEqual([
    'rag-chat',
    'knowledge-base',
    'trimmed-chat',
    'streaming-chat',
    'order-intake',
    'stream-rows',
    'poll-until-done',
  ])
  for (const template of running) {
    expect(
      checkFlow(template.create('id', 'Name', 'http://localhost'), registry, { connections }),
    ).toEqual([])
  }
})

it('opens them whole beside the panel of a window of 1440 by 900, at a size that can be read', () => {
  const canvas = { width: 1100, height: 820 }
  const cut = templates.filter((template) => {
    const boxes = boxesOf(template.create('id', template.name, 'http://localhost'), registry)
    const view = openingView(boxes, 'trigger', canvas)
    return [...boxes.values()].some((box) => !isInView(box, view, canvas))
  })
  expect(cut.map(({ id }) => id)).toEqual([])
})
