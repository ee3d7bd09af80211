import { checkFlow, parseFlow } from '@millrace/flow'
import { registry } from '@millrace/nodes'
import { expect, it } from 'vitest'
import { templates } from './templates.ts'

it('offers templates that are well formed', () => {
  for (const template of templates) {
    expect(parseFlow(template.create('id', template.name)).status).toBe('flow')
  }
})

it('runs the streaming chat as it is on the demo connection', () => {
  const flow = templates[0]?.create('id', 'Chat')
  const connections = new Map([['demo', { kind: 'demo' }]])
  expect(flow && checkFlow(flow, registry, { connections })).toEqual([])
})
