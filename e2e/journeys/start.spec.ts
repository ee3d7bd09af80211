// What the editor does before it knows what flows of its server can be made of.

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { registry } from '@millrace/nodes'
import { expect } from '@playwright/test'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'

test('a page that is opened while the server is away says so, and goes on when it is back', async ({
  page,
  millrace,
}) => {
  await page.route('**/api/**', (route) => route.abort('connectionrefused'))
  await page.goto(millrace.url)
  await expect(page.getByRole('heading', { name: 'The server does not answer' })).toBeVisible()
  expect(await findViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { name: 'The server does not answer' })).toBeVisible()

  await page.unroute('**/api/**')
  await expect(page.getByRole('heading', { name: 'Flows' })).toBeVisible()
})

test('definitions are asked for once a page, and sent only when they have changed', async ({
  page,
  millrace,
}) => {
  const statuses: number[] = []
  page.on('response', (response) => {
    if (response.url().endsWith('/api/nodes')) statuses.push(response.status())
  })
  await page.goto(millrace.url)
  await page.getByRole('link', { name: 'Connections' }).click()
  await expect(page.getByRole('heading', { name: 'Connections' })).toBeVisible()
  expect(statuses).toEqual([200])

  const { headers } = await fetch(`${millrace.url}/api/nodes`)
  const tag = headers.get('etag') ?? ''
  const again = await page.request.get(`${millrace.url}/api/nodes`, {
    headers: { 'if-none-match': tag },
  })
  expect(again.status()).toBe(304)
})

test('the built editor holds no definition: it draws what its server has', () => {
  const assets = join(import.meta.dirname, '../../apps/editor/dist/assets')
  const code = globSync('*.js', { cwd: assets }).map((name) =>
    readFileSync(join(assets, name), 'utf8'),
  )
  expect(code.length).toBeGreaterThan(5)
  const held = [...registry.nodes.values()].filter(({ description }) =>
    code.some((text) => text.includes(description)),
  )
  expect(held.map(({ type }) => type)).toEqual([])
})
