// The start of the product: finding flows, keeping them in order, and starting new ones.

import { emptyFlow, type Flow } from '@millrace/flow'
import { expect, type Locator, type Page } from '@playwright/test'
import { chatFlow } from '../src/chat-flow.ts'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import { storedText, storeFlow } from '../src/stored.ts'

test('a flow is found among others, renamed, tagged, deleted and restored by keyboard', async ({
  page,
  millrace,
}) => {
  const { keyboard } = page
  for (const name of ['Parcel tracing', 'Parcel labels', 'Weather report', 'Letters']) {
    await storeFlow(millrace, { ...chatFlow(`page-${name.toLowerCase().replace(' ', '-')}`), name })
  }
  await page.goto(millrace.url)

  await test.step('search forgives a letter, and the arrows lead through the hits', async () => {
    await page.getByRole('searchbox', { name: 'Search flows' }).fill('parzel')
    await expect(page.getByRole('list', { name: 'Flows' }).getByRole('heading')).toHaveText([
      'Parcel labels',
      'Parcel tracing',
    ])
    await linkOf(page, 'Parcel labels').focus()
    await keyboard.press('ArrowRight')
    await expect(linkOf(page, 'Parcel tracing')).toBeFocused()
  })

  await test.step('F2 renames in place, and the focus stays', async () => {
    await keyboard.press('F2')
    await keyboard.type('Parcels, traced')
    await keyboard.press('Enter')
    await expect(linkOf(page, 'Parcels, traced')).toBeFocused()
    await expect
      .poll(() => storedText(millrace, 'page-parcel-tracing'))
      .toContain('"name": "Parcels, traced"')
  })

  await test.step('a tag is added, filters, and gets another name in every flow', async () => {
    await keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Tags…' }).press('Enter')
    await expect(page.getByRole('combobox', { name: 'Tags' })).toBeFocused()
    await keyboard.type('on the road')
    await keyboard.press('Enter')
    await page.getByRole('button', { name: 'Save' }).press('Enter')
    const filter = page.getByRole('button', { name: 'on the road 1' })
    await filter.press('Enter')
    await expect(filter).toHaveAttribute('aria-pressed', 'true')
    await filter.press('Enter')
    await page.getByRole('button', { name: 'All tags…' }).press('Enter')
    await page.getByRole('button', { name: 'Rename on the road' }).press('Enter')
    await page.getByRole('textbox', { name: 'New name of on the road' }).fill('Logistics')
    await keyboard.press('Enter')
    await expect(page.getByText('“on the road” is “Logistics” in 1 flow.')).toBeVisible()
    await page.getByRole('button', { name: 'Done' }).press('Enter')
    expect(await storedText(millrace, 'page-parcel-tracing')).toContain('"Logistics"')
  })

  await test.step('Delete deletes, and Recently deleted brings it back', async () => {
    const before = await storedText(millrace, 'page-parcel-tracing')
    await linkOf(page, 'Parcels, traced').focus()
    await keyboard.press('Delete')
    await expect(linkOf(page, 'Parcels, traced')).toBeHidden()
    await expect(linkOf(page, 'Parcel labels')).toBeFocused()
    await page.getByRole('button', { name: 'Recently deleted' }).press('Enter')
    await page.getByRole('button', { name: 'Restore Parcels, traced' }).press('Enter')
    await expect(page.getByRole('button', { name: 'Open Parcels, traced' })).toBeFocused()
    await page.getByRole('button', { name: 'Done' }).press('Enter')
    await expect(linkOf(page, 'Parcels, traced')).toBeVisible()
    expect(await storedText(millrace, 'page-parcel-tracing')).toBe(before)
  })

  await test.step('rows are remembered, and both layouts are accessible', async () => {
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Rows', exact: true }).click()
    await page.reload()
    await expect(page.getByRole('button', { name: 'Rows', exact: true })).toHaveAttribute(
      'aria-pressed',
      'true',
    )
    expect(await findViolations(page)).toEqual([])
  })
})

test('an import says what each file is, takes a connection of mine, and keeps what calls what', async ({
  page,
  millrace,
}) => {
  const called = {
    ...chatFlow('import-called', { chat: { connection: 'theirs' } }),
    name: 'Called',
  }
  const calling: Flow = {
    ...emptyFlow('import-calling', 'Calling'),
    nodes: [
      { id: 'trigger', type: 'http.trigger' },
      { id: 'call', type: 'flow.runFlow', properties: { flow: 'import-called' } },
    ],
    edges: [{ from: ['trigger', 'next'], to: 'call' }],
  }
  // Its id is taken: the imported one gets another, and is called by that.
  await storeFlow(millrace, { ...emptyFlow('import-called', 'Somebody else’s') })
  await page.goto(millrace.url)
  await expect(page.getByRole('heading', { name: 'Flows' })).toBeVisible()
  await dropFiles(page.getByRole('main'), {
    'called.json': JSON.stringify(called),
    'calling.json': JSON.stringify(calling),
    'broken.json': '{\n  "format": "millrace/flow",\n  "nodes": [}',
    'n8n.json': JSON.stringify({ nodes: [{ typeVersion: 2 }], connections: {} }),
  })
  const dialog = page.getByRole('dialog', { name: 'Import a flow' })
  await expect(dialog).toContainText('Calls the flow import-called, which is part of this import.')
  await expect(dialog).toContainText('The id import-called is that of “Somebody else’s” here')
  await expect(dialog).toContainText(/broken\.json.*not JSON.*line 3 column 13/s)
  await expect(dialog).toContainText('This is an export of n8n.')
  await expect(dialog).toContainText('theirs is not on this server.')
  expect(await findViolations(page)).toEqual([])

  await dialog.getByRole('combobox', { name: 'Connection for theirs' }).click()
  await page.getByRole('option', { name: /Demo model/ }).click()
  await dialog.getByRole('button', { name: 'Import 2 flows' }).click()
  await expect(page.getByText('2 flows are imported.')).toBeVisible()
  expect(await storedText(millrace, 'called')).toContain('"connection": "demo"')
  expect(await storedText(millrace, 'import-calling')).toContain('"flow": "called"')
  expect(await storedText(millrace, 'import-called')).toContain('Somebody else’s')
})

test('an import leaves its id to a flow that was deleted, which still comes back', async ({
  page,
  millrace,
}) => {
  const address = await storeFlow(millrace, emptyFlow('import-deleted', 'Deleted'))
  const call = (path: string, method: string) =>
    page.request.fetch(`${millrace.url}${path}`, { method })
  expect((await call('/api/flows/import-deleted', 'DELETE')).ok()).toBe(true)
  await page.goto(millrace.url)
  await expect(page.getByRole('heading', { name: 'Flows' })).toBeVisible()
  await dropFiles(page.getByRole('main'), {
    'again.json': JSON.stringify(emptyFlow('import-deleted', 'Imported again')),
  })
  const dialog = page.getByRole('dialog', { name: 'Import a flow' })
  await expect(dialog).toContainText('The id import-deleted is that of “Deleted”, deleted just now')
  await dialog.getByRole('button', { name: 'Import as new flow' }).click()
  await expect(page).toHaveURL(/imported-again$/)
  await page.goto(address)
  await page.getByRole('button', { name: 'Bring it back' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Deleted')
})

test('files that are dropped while an import stands open take its place, and one Escape closes it', async ({
  page,
  millrace,
}) => {
  await page.goto(millrace.url)
  await expect(page.getByRole('heading', { name: 'Flows' })).toBeVisible()
  const dialog = page.getByRole('dialog', { name: 'Import a flow' })
  await dropFiles(page.getByRole('main'), {
    'first.json': JSON.stringify(emptyFlow('first', 'First')),
  })
  await expect(dialog).toContainText('First, 0 nodes')
  await dropFiles(dialog, { 'second.json': JSON.stringify(emptyFlow('second', 'Second')) })
  await expect(dialog).toContainText('Second, 0 nodes')
  await expect(dialog).not.toContainText('First')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('a template runs with one click, and an empty canvas takes one', async ({
  page,
  millrace,
  designer,
}) => {
  await page.goto(millrace.url)
  await page.getByRole('button', { name: 'New flow', exact: true }).click()
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('calls another')
  await page.getByRole('radio', { name: /^A flow that calls another/ }).check({ force: true })
  await page.getByRole('button', { name: 'Run it' }).click()
  await expect(page.getByRole('region', { name: 'Output of the run' })).toContainText('126')

  await designer.open(await storeFlow(millrace, emptyFlow('blank', 'Blank')))
  await page.getByRole('list', { name: 'Templates' }).getByText('Streaming chat').click()
  await expect(designer.edges).toHaveCount(2)
  await expect(designer.flowName).toHaveText('Blank')
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('heading', { name: 'Draw your flow' })).toBeVisible()
})

function linkOf(page: Page, name: string) {
  return page.getByRole('link', { name, exact: true })
}

/** Drops files, as from the desktop. */
async function dropFiles(target: Locator, files: Readonly<Record<string, string>>): Promise<void> {
  const transfer = await target.page().evaluateHandle((entries) => {
    const data = new DataTransfer()
    for (const [name, text] of entries) data.items.add(new File([text], name))
    return data
  }, Object.entries(files))
  await target.dispatchEvent('drop', { dataTransfer: transfer })
}
