import { checkFlow, emptyFlow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { registry } from '../../registry.ts'

it('warns at its field of a schedule that never comes, and leaves the flow to run', () => {
  const flow = {
    ...emptyFlow('monthly', 'Monthly'),
    nodes: [
      {
        id: 'start',
        type: 'schedule.trigger',
        properties: { schedule: { cron: '0 9 31 2 *', timeZone: 'Europe/Berlin' } },
      },
    ],
  }
  expect(checkFlow(flow, registry)).toEqual([
    {
      code: 'property_invalid',
      severity: 'warning',
      message:
        '"Schedule" of "Schedule trigger" never comes, since no month in it has a day 31; change the day or the month.',
      nodeId: 'start',
      property: 'schedule',
    },
  ])
})
