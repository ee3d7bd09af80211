import { expect } from '@playwright/test'
import { chatFlow } from '../src/chat-flow.ts'
import { Designer } from '../src/designer.ts'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import { storedText, storeFlow } from '../src/stored.ts'

test('an earlier version is found, seen with its changes, kept by a name, and restored', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, { ...chatFlow('versioned'), name: 'First' }))
  const before = await storedText(millrace, 'versioned')
  await designer.rename('Second')
  await designer.save()
  await designer.select('yield')
  await page.keyboard.press('Delete')
  await designer.save()

  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Version history' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Versions of “Second”')
  const changes = page.getByRole('region', { name: 'Changes' })
  await expect(changes.getByRole('heading', { level: 2 })).toHaveText('2 changes')
  await page.keyboard.press('F7')
  const removed = changes.getByRole('button', { name: /^Removed: Yield return$/ })
  await expect(removed).toHaveAttribute('aria-current', 'true')
  await expect(page.getByRole('img', { name: /^Yield return, removed$/ })).toBeVisible()
  expect(await findViolations(page)).toEqual([])

  const versions = page.getByRole('region', { name: 'All versions' })
  await versions.getByRole('button').first().press('ArrowDown')
  await expect(changes.getByRole('button', { name: /^Changed: Name of the flow/ })).toBeVisible()
  await versions.locator('[aria-current]').press('ArrowDown')
  await expect(versions.locator('[aria-current]')).toContainText('First version')
  await page.getByRole('button', { name: 'Name this version' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Before the demo')
  await page.keyboard.press('Enter')
  await expect(versions.locator('[aria-current]')).toContainText('Before the demo')

  await page.getByRole('button', { name: 'Restore' }).click()
  await expect(designer.flowName).toHaveText('First')
  await expect(designer.edges).toHaveCount(2)
  await designer.save()
  expect(await storedText(millrace, 'versioned')).toBe(before)
  await page.getByRole('button', { name: /^Undo: Restore the version of/ }).click()
  await expect(designer.flowName).toHaveText('Second')
  await expect(designer.edges).toHaveCount(1)
})

test('tabs on one flow go along with each other, and what both changed is merged', async ({
  page,
  context,
  millrace,
  designer,
}) => {
  const address = await storeFlow(millrace, chatFlow('shared'))
  await designer.open(address)
  const other = new Designer(await context.newPage())
  await other.open(address)
  await other.rename('Named in the other tab')
  await other.save()
  await expect(designer.flowName).toHaveText('Named in the other tab')
  await expect(designer.savedState).toHaveText('Saved')

  await page.route('**/api/flows/shared', (route) => route.abort('connectionrefused'))
  await designer.select('chat')
  await designer.field('systemPrompt').getByRole('textbox').fill('Answer in rhymes.')
  await expect(designer.savedState).toHaveText('Offline – retrying')
  await other.rename('Named once more')
  await other.save()
  await page.unroute('**/api/flows/shared')
  const dialog = page.getByRole('dialog', { name: /was changed elsewhere$/ })
  await expect(dialog).toContainText('Your changes and theirs do not touch the same things')
  await dialog.getByRole('radio', { name: 'What they changed' }).click()
  await expect(dialog.getByRole('region', { name: 'Changes' })).toContainText('Name of the flow')
  await dialog.getByRole('button', { name: 'Merge' }).click()
  await expect(dialog).toBeHidden()
  await expect(designer.savedState).toHaveText('Saved')
  const merged = await storedText(millrace, 'shared')
  expect(merged).toContain('Answer in rhymes.')
  expect(merged).toContain('"name": "Named once more"')
  await expect(other.flowName).toHaveText('Named once more')
})
