import { expect } from '@playwright/test'
import { test } from '../src/journey.ts'

test('what cannot be fetched while the server is away leaves the page standing', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(`${millrace.url}/flows/example-rag-chat`)
  await page.context().setOffline(true)
  await page.keyboard.press('Control+K')
  await expect(page.getByText('The command palette cannot be shown')).toBeVisible()
  await expect(designer.runButton).toBeVisible()

  await page.context().setOffline(false)
  await page.keyboard.press('Control+K')
  await expect(page.getByRole('option').first()).toBeVisible()
})
