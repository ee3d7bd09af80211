import { readFile } from 'node:fs/promises'
import { expect, type Locator, type Page } from '@playwright/test'
import { chatFlow } from '../src/chat-flow.ts'
import { Designer } from '../src/designer.ts'
import { test } from '../src/journey.ts'
import { startMillrace } from '../src/millrace-server.ts'
import { storedText, storeFlow } from '../src/stored.ts'

test('an edit is saved by itself, and everything is there after a reload', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, chatFlow('autosaved')))
  await designer.select('chat')
  await designer.field('systemPrompt').getByRole('textbox').fill('Answer in rhymes.')
  await expect(designer.savedState).toHaveText('Unsaved changes')
  await expect(designer.savedState).toHaveText('Saved')
  expect(await storedText(millrace, 'autosaved')).toContain('Answer in rhymes.')

  await page.reload()
  await designer.select('chat')
  await expect(designer.field('systemPrompt')).toContainText('Answer in rhymes.')
  await expect(designer.edges).toHaveCount(2)
  await expect(designer.savedState).toHaveText('Saved')
})

test('undo and redo go through every kind of edit by keyboard', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, chatFlow('undone')))
  await designer.rename('Another name')
  await designer.select('chat')
  const prompt = designer.field('systemPrompt')
  await prompt.getByRole('textbox').pressSequentially('Be brief.')
  await designer.select('yield')
  await page.keyboard.press('Delete')
  await expect(designer.card('yield')).toBeHidden()

  await page.keyboard.press('Control+z')
  await expect(designer.card('yield')).toBeVisible()
  await expect(designer.edges).toHaveCount(2)
  await page.keyboard.press('Control+z')
  await designer.select('chat')
  await expect(prompt).not.toContainText('Be')
  await page.keyboard.press('Control+z')
  await expect(designer.flowName).toHaveText('Flow undone')

  for (const _ of [1, 2, 3]) await page.keyboard.press('Control+Shift+z')
  await expect(designer.flowName).toHaveText('Another name')
  await expect(designer.card('yield')).toBeHidden()
  await expect(designer.edges).toHaveCount(1)
})

test('what was exported and is imported again is the same to the byte', async ({
  page,
  millrace,
  designer,
}) => {
  const flow = { ...chatFlow('mill-notes'), name: 'Mill notes' }
  await designer.open(await storeFlow(millrace, flow))
  const before = await storedText(millrace, flow.id)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Export JSON' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('mill-notes.flow.json')
  const path = await file.path()
  expect(await readFile(path, 'utf8')).toBe(before)

  // Elsewhere: here its id stays its own, also when it is deleted.
  await using other = await startMillrace()
  await page.goto(other.url)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Import a flow' })
  await dialog.locator('input[type=file]').setInputFiles(path)
  await expect(dialog).toContainText('Mill notes, 3 nodes')
  await expect(dialog).toContainText('demo is on this server')
  await dialog.getByRole('button', { name: 'Import as new flow' }).click()
  await expect(designer.flowName).toHaveText('Mill notes')
  expect(await storedText(other, flow.id)).toBe(before)
})

test('a server that crashes loses no edit: it is saved when the server is back', async ({
  page,
  designer,
}) => {
  await using millrace = await startMillrace()
  await designer.open(await storeFlow(millrace, chatFlow('crashed')))
  await millrace.kill()
  await designer.rename('Edited while it was gone')
  const offline = page.getByRole('alert').filter({ hasText: 'The server does not answer.' })
  await expect(offline).toContainText('kept in this browser and saved when it is back')
  await expect(designer.savedState).toHaveText('Offline – retrying')
  await expect(page.getByRole('button', { name: 'Try now' })).toBeVisible()

  await millrace.start()
  // Without anybody asking for it.
  await expect(designer.savedState).toHaveText('Saved', { timeout: 20_000 })
  await expect(offline).toBeHidden()
  expect(await storedText(millrace, 'crashed')).toContain('"name": "Edited while it was gone"')
})

test('a tab that is closed while the server is gone brings its edits back', async ({
  page,
  context,
  designer,
}) => {
  await using millrace = await startMillrace()
  const address = await storeFlow(millrace, chatFlow('closed'))
  await designer.open(address)
  await millrace.kill()
  await designer.rename('Edited, then closed')
  await expect(designer.savedState).toHaveText('Offline – retrying')
  await page.close()

  await millrace.start()
  const next = await context.newPage()
  await next.goto(address)
  await expect(next.getByText('Your unsaved changes from last time are back.')).toBeVisible()
  await expect(next.getByRole('heading', { level: 1 })).toHaveText('Edited, then closed')
  await next.keyboard.press('Control+s')
  await expect(next.getByRole('banner').getByRole('status')).toHaveText('Saved')
  expect(await storedText(millrace, 'closed')).toContain('"name": "Edited, then closed"')
})

test('a page that is loaded again before a save was answered has no conflict with itself', async ({
  page,
  millrace,
  designer,
}) => {
  const address = await storeFlow(millrace, chatFlow('unanswered'))
  await designer.open(address)
  let isAnswered = false
  await page.route('**/api/flows/unanswered', async (route) => {
    if (isAnswered || route.request().method() !== 'PUT') await route.fallback()
    else await route.fetch()
  })
  const asked = page.getByRole('dialog')
  const stored = () => storedText(millrace, 'unanswered')
  await designer.rename('Sent')
  await expect.poll(stored).toContain('"name": "Sent"')
  await page.reload()
  await expect(designer.flowName).toHaveText('Sent')
  await expect(designer.savedState).toHaveText('Saved')
  await expect(asked).toBeHidden()

  await designer.rename('Sent again')
  await expect.poll(stored).toContain('"name": "Sent again"')
  await designer.rename('Edited further')
  isAnswered = true
  await page.reload()
  await expect(designer.flowName).toHaveText('Edited further')
  await expect(asked).toBeHidden()
  await expect.poll(stored).toContain('"name": "Edited further"')
})

test('what was brought back can be discarded, though it was edited further', async ({
  page,
  context,
  millrace,
  designer,
}) => {
  const address = await storeFlow(millrace, chatFlow('discarded'))
  await designer.open(address)
  await page.route('**/api/flows/discarded', (route) => route.abort('connectionrefused'))
  await designer.rename('Edited, then closed')
  await expect(designer.savedState).toHaveText('Offline – retrying')
  await page.close()

  const tab = await context.newPage()
  const next = new Designer(tab)
  await next.open(address)
  await expect(next.flowName).toHaveText('Edited, then closed')
  await next.rename('Edited further')
  await tab.getByRole('button', { name: 'Discard them' }).click()
  await expect(next.flowName).toHaveText('Flow discarded')
  await next.save()
  expect(await storedText(millrace, 'discarded')).toContain('"name": "Flow discarded"')
})

test('a deleted flow comes back by undo, from the list and from the designer', async ({
  page,
  millrace,
  designer,
}) => {
  const address = await storeFlow(millrace, { ...chatFlow('brought-back'), name: 'Brought back' })
  const before = await storedText(millrace, 'brought-back')
  await page.goto(millrace.url)
  await deleteFlow(page, 'Brought back')
  await expect(page.getByText('“Brought back” is deleted.')).toBeVisible()
  await expect(cardOf(page, 'Brought back')).toBeHidden()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(cardOf(page, 'Brought back')).toBeVisible()
  expect(await storedText(millrace, 'brought-back')).toBe(before)

  await designer.open(address)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page).toHaveURL(`${millrace.url}/`)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(cardOf(page, 'Brought back')).toBeVisible()
  expect(await storedText(millrace, 'brought-back')).toBe(before)
})

function cardOf(page: Page, name: string): Locator {
  return page.getByRole('link', { name, exact: true })
}

async function deleteFlow(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
}
