import type { Page } from '@playwright/test'
import { emptyFlow, type Flow, type JsonObject } from '@millrace/flow'
import type { FakeServer } from './fake-api.ts'
import type { Scene } from './scenes.ts'

function flowOf(
  id: string,
  name: string,
  trigger: { type: string; properties?: JsonObject },
): Flow {
  return {
    ...emptyFlow(id, name),
    nodes: [
      { id: 'trigger', ...trigger },
      { id: 'log', type: 'flow.log', properties: { message: 'Done' } },
    ],
    edges: [{ from: ['trigger', 'next'], to: 'log' }],
    layout: { nodes: { trigger: [0, 0], log: [340, 0] } },
  }
}

const report = flowOf('report', 'Morning report', {
  type: 'schedule.trigger',
  properties: {
    schedule: { cron: '0 9 * * 1-5', timeZone: 'Europe/Berlin' },
    defaultData: { days: 7 },
  },
})
const fresh = flowOf('report', 'Morning report', { type: 'schedule.trigger' })
const wrong = flowOf('report', 'Morning report', {
  type: 'schedule.trigger',
  properties: { schedule: { cron: '0 25 * * 1-5', timeZone: 'Europe/Berlin' } },
})
const never = flowOf('report', 'Morning report', {
  type: 'schedule.trigger',
  properties: { schedule: { cron: '0 9 31 2 *', timeZone: 'Europe/Berlin' } },
})
const orders = flowOf('find-orders', 'Find orders', {
  type: 'mcp.toolTrigger',
  properties: {
    toolDescription: 'Finds the orders of a customer, the newest first.',
    effect: 'read',
    fields: [
      { name: 'customer', type: 'text', description: 'Its number, such as C-100' },
      { name: 'most', type: 'number', optional: true },
    ],
  },
})

const nothing = { scheduled: null, last: null }
const skipped = {
  scheduled: {
    environment: 'production',
    cron: '0 9 * * 1-5',
    timeZone: 'Europe/Berlin',
    nextAt: '2027-02-01T08:00:00.000Z',
  },
  last: {
    dueAt: '2027-01-29T08:00:00.000Z',
    runId: 'run-1',
    error: {
      code: 'conflict',
      message:
        'The run "run-1", which the clock started before, still went on. Start the flow less often, or stop that run.',
    },
  },
}

function server(flow: Flow, schedule: object = nothing): Partial<FakeServer> {
  return {
    flows: [flow],
    answer: (_method, path) =>
      path.endsWith('/schedule') ? { status: 200, body: schedule } : undefined,
  }
}

async function openTrigger(page: Page): Promise<void> {
  // In a small window, where the properties lie over the canvas, one click only selects.
  const isSmall = (page.viewportSize()?.width ?? 0) < 900
  await page.locator('[data-id="trigger"]').click({ clickCount: isSmall ? 2 : 1 })
  await page.getByRole('combobox', { name: 'Time zone' }).or(page.getByText('Effect')).waitFor()
}

/** What starts a flow without a chat. */
export const triggerScenes: readonly Scene[] = [
  {
    name: 'trigger-schedule',
    path: '/flows/report',
    server: server(report, skipped),
    act: openTrigger,
  },
  {
    name: 'trigger-schedule-empty',
    path: '/flows/report',
    server: server(fresh),
    act: openTrigger,
  },
  {
    name: 'trigger-schedule-wrong',
    path: '/flows/report',
    server: server(wrong),
    act: openTrigger,
  },
  {
    name: 'trigger-schedule-never',
    path: '/flows/report',
    server: server(never),
    act: openTrigger,
  },
  { name: 'trigger-tool', path: '/flows/find-orders', server: server(orders), act: openTrigger },
]
