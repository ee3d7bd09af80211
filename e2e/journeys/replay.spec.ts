import { expect } from '@playwright/test'
import { serializeFlow, setProperty, type Flow } from '@millrace/flow'
import { registry } from '@millrace/nodes'
import { chatFlow } from '../src/chat-flow.ts'
import { startFakeModelServer, textAnswer } from '../src/fake-model-server.ts'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import type { MillraceServer } from '../src/millrace-server.ts'
import { storeConnection, storeFlow } from '../src/stored.ts'

const words = Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ')

test('a run that a client started is watched as it goes on, and replayed when it is over', async ({
  page,
  millrace,
  designer,
}) => {
  const rest = Promise.withResolvers<void>()
  await using provider = await startFakeModelServer({
    models: { m: textAnswer(words, { pause: { afterTokens: 3, until: rest.promise } }) },
  })
  await storeConnection(millrace, { id: 'watched', name: 'Watched', baseUrl: provider.url })
  const flow = chatFlow('replay', { chat: { connection: 'watched', modelId: 'm' } })
  await designer.open(await storeFlow(millrace, flow))

  const client = await askAsClient(millrace, 'replay')
  await page.getByRole('button', { name: '1 run in progress' }).click()
  await page.getByRole('menuitem', { name: /^Watch the run of/ }).click()
  const runId = client.headers.get('x-run-id') ?? ''
  await expect(page).toHaveURL(`${millrace.url}/flows/replay/runs/${runId}`)
  const banner = page.getByRole('region', { name: 'Shown run' })
  await expect(banner).toContainText('Running')
  await expect(banner).toContainText('recorded since you watch it')
  await expect(designer.runButton).toContainText('Stop')
  await expect(designer.status('chat')).toContainText('Running')

  rest.resolve()
  await expect(banner).toContainText('Completed')
  // The three before were not recorded.
  await expect(designer.status('yield')).toContainText('×37')
  await expect(designer.runButton).toContainText('Run')
  await expect(page.locator('.react-flow__edge-path[data-run="taken"]')).toHaveCount(2)
  await client.text()

  await page.reload()
  await expect(designer.status('yield')).toContainText('×37')
  const slider = page.getByRole('slider', { name: 'Moment of the run' })
  await slider.focus()
  await page.keyboard.press('Home')
  await expect(slider).toHaveAttribute('aria-valuetext', /^Event 1 of \d+: The run starts$/)
  await expect(designer.status('trigger')).toBeHidden()
  await page.keyboard.press('ArrowRight')
  await expect(slider).toHaveAttribute('aria-valuetext', /“Chat completion trigger” starts$/)
  await expect(designer.status('trigger')).toContainText('Running')
  expect(await findViolations(page)).toEqual([])
  await page.keyboard.press('End')
  await expect(designer.status('yield')).toContainText('×37')

  // In a window as wide as a phone, what the chat leaves free is played, too.
  const size = page.viewportSize()
  await page.setViewportSize({ width: 420, height: 760 })
  await page.getByRole('button', { name: 'Chat preview' }).first().click()
  await page.getByRole('radio', { name: '10×' }).click()
  if (size !== null) await page.setViewportSize(size)

  await page.getByRole('button', { name: 'Back to the flow' }).click()
  await expect(page).toHaveURL(`${millrace.url}/flows/replay`)
  await expect(designer.status('chat')).toBeHidden()
})

test('a run is shown on what it ran, and compared with one of another version', async ({
  page,
  millrace,
  designer,
}) => {
  await using provider = await startFakeModelServer({
    models: { one: textAnswer('The mill grinds corn'), two: textAnswer('The mill grinds wheat') },
  })
  await storeConnection(millrace, { id: 'compared', name: 'Compared', baseUrl: provider.url })
  const before = {
    ...chatFlow('compared', { chat: { connection: 'compared', modelId: 'one' } }),
    settings: { trace: 'full' },
  } satisfies Flow
  const address = await storeFlow(millrace, before)
  const first = await askAsClient(millrace, 'compared')
  await first.text()
  await saveFlow(
    millrace,
    setProperty(before, registry, { nodeId: 'chat', key: 'modelId', value: 'two' }),
  )
  const second = await askAsClient(millrace, 'compared')
  await second.text()

  await designer.open(`${address}/runs/${first.headers.get('x-run-id')}`)
  const banner = page.getByRole('region', { name: 'Shown run' })
  await expect(banner).toContainText('The flow has changed since')
  await expect(page.getByRole('application', { name: 'What ran' })).toBeVisible()
  await expect(designer.status('yield')).toContainText('×4')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await expect(designer.card('chat')).toBeVisible()

  await banner.getByRole('button', { name: 'Compare with…' }).click()
  await page.getByRole('menuitem').first().click()
  const comparison = page.getByRole('region', { name: 'Comparison of two runs' })
  await expect(comparison).toContainText('They ran different versions of the flow: 1 difference')
  const answers = comparison.getByRole('region', { name: 'What the client got' })
  await expect(answers.locator('del')).toHaveText('corn')
  await expect(answers.locator('ins')).toHaveText('wheat')
  await comparison.getByText('Answer', { exact: true }).first().click()
  await expect(comparison).toContainText('First difference: response.content')
  expect(await findViolations(page)).toEqual([])
  await comparison.getByRole('button', { name: 'Close the comparison' }).click()

  await page.getByRole('button', { name: 'Restore this version' }).click()
  await expect(page).toHaveURL(address)
  await designer.save()

  await fetch(`${millrace.url}/api/flows/compared`, { method: 'DELETE' })
  await designer.open(`${address}/runs/${second.headers.get('x-run-id')}`)
  await expect(banner).toContainText('was deleted since: this is what ran')
  await expect(designer.status('yield')).toContainText('×4')
  expect(await findViolations(page)).toEqual([])
  await banner.getByRole('button', { name: 'Bring the flow back' }).click()
  await banner.getByRole('button', { name: 'Back to the flow' }).click()
  await expect(page).toHaveURL(address)
})

/** Runs a stored flow as a chat client does. */
function askAsClient({ url }: MillraceServer, flowId: string): Promise<Response> {
  return fetch(`${url}/api/flows/${flowId}/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sessionId: 's', prompt: 'Why?', context: '' }),
  })
}

/** Saves a flow as a designer elsewhere does. */
async function saveFlow({ url }: MillraceServer, flow: Flow): Promise<void> {
  const address = `${url}/api/flows/${flow.id}`
  const revision = (await fetch(address)).headers.get('etag') ?? ''
  const response = await fetch(address, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'if-match': revision },
    body: serializeFlow(flow),
  })
  expect(response.status).toBe(200)
}
