import { expect } from '@playwright/test'
import { chatFlow } from '../src/chat-flow.ts'
import { startFakeModelServer, textAnswer } from '../src/fake-model-server.ts'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
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

  const client = await fetch(`${millrace.url}/api/flows/replay/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sessionId: 's', prompt: 'Why?', context: '' }),
  })
  const runId = client.headers.get('x-run-id') ?? ''
  await page.getByRole('button', { name: '1 run in progress' }).click()
  await page.getByRole('menuitem', { name: /^Watch the run of/ }).click()
  await expect(page).toHaveURL(`${millrace.url}/flows/replay/runs/${runId}`)
  const banner = page.getByRole('region', { name: 'Shown run' })
  await expect(banner).toContainText('In progress')
  await expect(designer.runButton).toContainText('Stop')
  await expect(designer.status('chat')).toContainText('Running')
  await page.screenshot({ path: '/tmp/replay0.png' })

  rest.resolve()
  await expect(banner).toContainText('Completed')
  await expect(designer.status('yield')).toContainText('×37')
  await expect(designer.runButton).toContainText('Run')
  await client.text()

  await page.reload()
  await expect(designer.status('yield')).toContainText('×37')
  await page.keyboard.press('Control+j')
  const slider = page.getByRole('slider', { name: 'Moment of the run' })
  await slider.focus()
  await page.keyboard.press('Home')
  await expect(slider).toHaveAttribute('aria-valuetext', /^Event 1 of \d+: The run starts$/)
  await expect(designer.status('trigger')).toBeHidden()
  await page.keyboard.press('ArrowRight')
  await expect(designer.status('trigger')).toContainText('Running')
  await page.keyboard.press('End')
  await expect(designer.status('yield')).toContainText('×37')
  expect(await findViolations(page)).toEqual([])
  await page.screenshot({ path: '/tmp/replay1.png' })
})
