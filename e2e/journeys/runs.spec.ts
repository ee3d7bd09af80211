// The history: runs of clients found, read as a conversation, made tests, exported and deleted.

import { readFile } from 'node:fs/promises'
import { emptyFlow, type Flow } from '@millrace/flow'
import { expect, type Page } from '@playwright/test'
import { chatFlow } from '../src/chat-flow.ts'
import { startFakeModelServer, textAnswer } from '../src/fake-model-server.ts'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import type { MillraceServer } from '../src/millrace-server.ts'
import { storeConnection, storeFlow } from '../src/stored.ts'

test('runs of clients are found, read as a conversation, made a test, compared and deleted', async ({
  page,
  millrace,
}) => {
  await using provider = await startFakeModelServer({ models: { m: textAnswer('Water does') } })
  await storeConnection(millrace, { id: 'history', name: 'History', baseUrl: provider.url })
  const chat = { connection: 'history', modelId: 'm' }
  const asked: Flow = { ...chatFlow('asked', { chat }), settings: { trace: 'full' } }
  await storeFlow(millrace, { ...asked, name: 'Mill talk' })
  await storeFlow(millrace, chatFlow('broken', { chat: { ...chat, modelId: 'none' } }))
  await ask(millrace, 'asked', { sessionId: 'anna', prompt: 'What drives a mill?' })
  await ask(millrace, 'asked', { sessionId: 'anna', prompt: 'And a wind mill?' })
  await ask(millrace, 'broken', { sessionId: 'ben', prompt: 'Hello?' })

  const table = page.getByRole('table', { name: 'Runs' })
  const rows = table.getByRole('row').filter({ has: page.getByRole('cell') })

  await test.step('filters stand in the address, and one button clears them', async () => {
    await page.goto(`${millrace.url}/runs?flow=broken&since=hour`)
    await expect(rows).toHaveText([/^Failed.*Flow broken/])
    await page.getByRole('combobox', { name: 'State' }).click()
    await page.getByRole('option', { name: 'Completed' }).click()
    await expect(page.getByRole('heading', { name: 'No run fits' })).toBeVisible()
    expect(new URL(page.url()).search).toBe('?flow=broken&state=completed&since=hour')
    await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).last().click()
    await expect(rows.filter({ hasText: 'Mill talk' })).toHaveCount(2)
    await expect(page.getByText(/This server keeps the last [\d,]+ runs/)).toBeVisible()
    expect(await findViolations(page)).toEqual([])
  })

  await test.step('a run that starts meanwhile waits, and moves nothing', async () => {
    await page.goto(`${millrace.url}/runs?flow=asked`)
    await expect(rows).toHaveCount(2)
    await ask(millrace, 'asked', { sessionId: 'carl', prompt: 'Late' })
    await page.getByRole('button', { name: '1 new run' }).click()
    await expect(rows).toHaveCount(3)
  })

  await test.step('a session reads as the conversation that it was', async () => {
    await table.getByRole('link', { name: 'anna' }).first().click()
    await expect(rows).toHaveCount(2)
    const turns = page.getByRole('region', { name: 'Session anna' }).getByRole('listitem')
    await expect(turns).toHaveText([
      /What drives a mill\?.*Water does/,
      /And a wind mill\?.*Water does/,
    ])
    expect(await findViolations(page)).toEqual([])
  })

  await test.step('a session is found by its id', async () => {
    await page.goto(`${millrace.url}/runs`)
    await page.getByRole('textbox', { name: 'Session' }).fill(' anna ')
    await page.keyboard.press('Enter')
    await expect(rows).toHaveCount(2)
    expect(new URL(page.url()).search).toBe('?session=anna')
  })

  await test.step('a run becomes a test of its flow, and a file', async () => {
    await menuOfFirst(page)
    await page.getByRole('menuitem', { name: 'Make a test of it' }).click()
    await expect(page.getByText('“And a wind mill?” is a test of the flow now.')).toBeVisible()
    await menuOfFirst(page)
    const downloading = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Export JSON' }).click()
    const exported: unknown = JSON.parse(await readFile(await (await downloading).path(), 'utf8'))
    expect(exported).toMatchObject({
      format: 'millrace/run',
      run: { flowId: 'asked', sessionId: 'anna', state: 'completed' },
      document: { id: 'asked' },
    })
  })

  await test.step('two runs are selected by key, compared, and the session is deleted', async () => {
    await table
      .getByRole('link', { name: /^Mill talk/ })
      .first()
      .focus()
    await page.keyboard.press('Shift+ArrowDown')
    const selected = page.getByRole('toolbar', { name: 'Selected runs' })
    await expect(selected).toContainText('2 selected')
    await selected.getByRole('button', { name: 'Compare' }).click()
    await expect(page.getByRole('region', { name: 'Comparison of two runs' })).toBeVisible()
    await page.goBack()
    await page.getByRole('button', { name: 'Delete all runs of the session' }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete 2 runs of the session “anna”?' })
    await dialog.getByRole('button', { name: 'Delete 2 runs' }).click()
    await expect(page.getByRole('heading', { name: 'No run fits' })).toBeVisible()
    const left = await fetch(`${millrace.url}/api/runs?session=anna`)
    expect(await left.json()).toEqual({ runs: [], next: null })
  })
})

test('the panel of a flow has its runs; settings say what is stored of them', async ({
  page,
  millrace,
  designer,
}) => {
  await using provider = await startFakeModelServer({ models: { m: textAnswer('Hello') } })
  await storeConnection(millrace, { id: 'panelled', name: 'Panelled', baseUrl: provider.url })
  const chat = { connection: 'panelled', modelId: 'm' }
  await designer.open(await storeFlow(millrace, chatFlow('panelled', { chat })))
  await page.getByRole('button', { name: 'Runs', exact: true }).click()
  const panel = page.getByRole('region', { name: 'Runs' })
  await expect(panel).toContainText('This flow has not run yet')
  await ask(millrace, 'panelled', { prompt: 'Hi' })
  const line = panel.getByRole('table').getByRole('link')
  await expect(line).toHaveCount(1)
  expect(await findViolations(page)).toEqual([])
  await panel.getByRole('button', { name: /^More for the run/ }).click()
  await page.getByRole('menuitem', { name: 'Make a test of it' }).click()
  await expect(page.getByText(/was not recorded, so a test could not give it/)).toBeVisible()

  await page.getByRole('combobox', { name: 'What clients’ runs record' }).click()
  await page.getByRole('option', { name: /^Everything/ }).click()
  await expect(page.getByText(/^Stored is everything/)).toBeVisible()
  await page.getByRole('spinbutton', { name: 'Keep the last runs' }).fill('20')
  await page.getByRole('button', { name: 'What is stored' }).click()
  await expect(page.getByRole('dialog', { name: 'What is stored of a run' })).toBeVisible()
  expect(await findViolations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await designer.save()

  await ask(millrace, 'panelled', { prompt: 'Now' })
  await expect(line).toHaveCount(2)
  await line.first().click()
  await expect(page.getByRole('region', { name: 'Shown run' })).toBeVisible()
  await panel
    .getByRole('button', { name: /^More for the run/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Make a test of it' }).click()
  await expect(page.getByRole('option', { name: /^Passed: Now/ })).toBeVisible()
})

test('the way back from a run leads to its place in the list; the address says what is no filter', async ({
  page,
  millrace,
}) => {
  await storeFlow(millrace, {
    ...emptyFlow('long', 'Long list'),
    nodes: [{ id: 'trigger', type: 'flow.trigger' }],
  })
  for (let count = 0; count < 6; count += 1) {
    await Promise.all(Array.from({ length: 20 }, () => ask(millrace, 'long', {})))
  }
  await page.setViewportSize({ width: 1280, height: 480 })
  await page.goto(`${millrace.url}/runs?flow=long&state=compleet`)
  await expect(page.getByText('state=compleet')).toBeVisible()
  const link = page.getByRole('link', { name: /^Long list/ }).nth(17)
  await link.focus()
  const before = await link.boundingBox()
  expect(before?.y).toBeLessThan(480)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Shown run' })).toBeVisible()
  await page.goBack()
  await expect(link).toBeFocused()
  expect(await link.boundingBox()).toEqual(before)

  await test.step('of a long list what is in view is drawn, and keys lead to its ends', async () => {
    const table = page.getByRole('table', { name: 'Runs' })
    await page.keyboard.press('End')
    await expect(table).toHaveAttribute('aria-rowcount', '121')
    await page.keyboard.press('End')
    await expect(table.locator('[aria-rowindex="121"] a')).toBeFocused()
    await expect(table.locator('[aria-rowindex="121"]')).toBeInViewport()
    expect(await table.getByRole('row').count()).toBeLessThan(80)
    await page.keyboard.press('Shift+Home')
    const selected = page.getByRole('toolbar', { name: 'Selected runs' })
    await expect(selected).toContainText('120 selected')
    expect(await selected.evaluate(linksBelow)).toEqual([])
    await expect(table.locator('[aria-rowindex="2"] a')).toBeFocused()
  })
})

/** The links that an element lies over. */
function linksBelow(element: Element): readonly string[] {
  const { left, right, top, bottom } = element.getBoundingClientRect()
  const under = document.elementsFromPoint((left + right) / 2, (top + bottom) / 2)
  return under.flatMap((one) => (one instanceof HTMLAnchorElement ? [one.href] : []))
}

async function menuOfFirst(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^More for Mill talk/ })
    .first()
    .click()
}

/** Asks a flow as a client does, and reads its answer to the end. */
async function ask({ url }: MillraceServer, flowId: string, body: unknown): Promise<void> {
  const response = await fetch(`${url}/api/flows/${flowId}/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  await response.text()
}
