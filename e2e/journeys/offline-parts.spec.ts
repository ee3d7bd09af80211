import { expect } from '@playwright/test'
import { test } from '../src/journey.ts'

test('what cannot be fetched while the server is away leaves the page standing', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(`${millrace.url}/flows/example-rag-chat`)
  // What is fetched ahead is there, what tells that the server is away among it.
  await page.waitForLoadState('networkidle')
  await expect(page.getByRole('region', { name: /^Notifications/ })).toBeAttached()
  await page.context().setOffline(true)
  await page.keyboard.press('Control+K')
  await expect(page.getByText('The command palette cannot be shown')).toBeVisible()
  await expect(designer.runButton).toBeVisible()

  await page.context().setOffline(false)
  await page.keyboard.press('Control+K')
  await expect(page.getByRole('option').first()).toBeVisible()
})

test('a panel that cannot be fetched says so, and comes with a new page', async ({
  page,
  millrace,
  designer,
}) => {
  await page.route('**/events-panel-*.js', (route) => route.abort())
  await designer.open(`${millrace.url}/flows/example-rag-chat`)
  await page.getByRole('button', { name: /^Events/ }).click()
  await expect(page.getByText('This panel could not be fetched')).toBeVisible()
  await expect(designer.runButton).toBeVisible()

  await page.unrouteAll()
  await page.getByRole('button', { name: 'Reload the page' }).click()
  await page.getByRole('button', { name: /^Events/ }).click()
  await expect(page.getByRole('heading', { name: 'Events', exact: true })).toBeAttached()
  await expect(page.getByText('could not be fetched')).toBeHidden()
})

test('a part whose style sheet was not fetched gets it when it is asked for again', async ({
  page,
  millrace,
  designer,
}) => {
  await page.route('**/help-sheet-*.css', (route) => route.abort())
  await designer.open(`${millrace.url}/flows/example-rag-chat`)
  await page.keyboard.press('?')
  await expect(page.getByText('The help sheet cannot be shown')).toBeVisible()

  await page.unrouteAll()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  const sheets = () => page.evaluate(() => [...document.styleSheets].map(({ href }) => href))
  await expect.poll(sheets).toContainEqual(expect.stringContaining('/help-sheet-'))
})

test('a page that is older than its server is loaded anew when a part of it is gone', async ({
  page,
  millrace,
  designer,
}) => {
  const html = page.locator('html')
  const mark = (name: string) =>
    html.evaluate((element, text) => element.setAttribute('title', text), name)
  await page.route('**/command-palette-*.js', (route) => route.fulfill({ status: 404 }))
  await page.route(`${millrace.url}/`, (route) =>
    route.fulfill({ body: '<script type="module" src="/assets/index-new.js"></script>' }),
  )
  await designer.open(`${millrace.url}/flows/example-rag-chat`)
  await mark('old')
  await page.keyboard.press('Control+K')
  await expect(html).not.toHaveAttribute('title', 'old')
  await expect(designer.runButton).toBeVisible()

  // Should the new page miss it too, it is not loaded again and again.
  await mark('new')
  await page.keyboard.press('Control+K')
  await expect(page.getByText('The command palette cannot be shown')).toBeVisible()
  await expect(html).toHaveAttribute('title', 'new')
})
