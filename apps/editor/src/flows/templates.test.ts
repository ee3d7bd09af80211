import { checkFlow, parseFlow } from '@millrace/flow'
import { registry } from '@millrace/nodes'
import { expect, it } from 'vitest'
import { templates } from './templates.ts'

it('offers templates that are well formed', () => {
  for (const template of templates) {
    expect(parseFlow(template.create('id', template.name)).status).toBe('flow')
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
  ])
  for (const template of running) {
    expect(checkFlow(template.create('id', 'Name'), registry, { connections })).toEqual([])
  }
})
