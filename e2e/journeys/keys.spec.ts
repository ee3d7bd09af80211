// Who may do what: the operator signs in, gives a program a key, and takes it back.

import { expect, type Page } from '@playwright/test'
import { chatFlow } from '../src/chat-flow.ts'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import { startMillrace } from '../src/millrace-server.ts'
import { storeFlow } from '../src/stored.ts'

const password = 'twelve chars at least'
const closed = { MILLRACE_OPERATOR_PASSWORD: password }

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Operator’s password').fill(password)
  await page.keyboard.press('Enter')
}

test('an operator who signs in gives a program a key, and takes it back', async ({ page }) => {
  await using millrace = await startMillrace(closed)
  await page.goto(`${millrace.url}/keys`)
  const field = page.getByLabel('Operator’s password')
  await expect(field).toBeFocused()
  expect(await findViolations(page)).toEqual([])
  await field.fill('not this one')
  await page.keyboard.press('Enter')
  await expect(field).toHaveAccessibleDescription(/^This is not the operator’s password/)
  await signIn(page)

  await expect(page.getByRole('heading', { name: 'API keys', level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'New API key' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.type('Web shop')
  await dialog.getByRole('radio', { name: 'Some flows' }).click()
  await dialog.getByRole('checkbox', { name: 'Example: RAG chat' }).check()
  await dialog.getByRole('combobox', { name: 'Environment' }).click()
  await page.getByRole('option', { name: 'Development' }).click()
  expect(await findViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Create' }).click()
  const shown = dialog.getByRole('textbox', { name: 'API key' })
  await expect(shown).toBeFocused()
  const key = await shown.inputValue()
  await dialog.getByRole('button', { name: 'Done' }).click()
  const row = page.getByRole('list', { name: 'API keys' }).getByRole('listitem')
  await expect(row).toContainText(/Web shop.*Run flows.*example-rag-chat · Development only/s)
  await expect(page.locator('body')).not.toContainText(key)

  const ask = (headers: Record<string, string>) =>
    fetch(`${millrace.url}/v1/models`, { headers }).then((answer) => answer.json())
  const headers = { authorization: `Bearer ${key}` }
  expect(await ask(headers)).toMatchObject({ data: [{ id: 'example-rag-chat' }] })
  expect(await ask({})).toMatchObject({ error: { code: 'invalid_api_key' } })

  await row.getByRole('button', { name: 'Revoke Web shop' }).click()
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText('1 revoked key')).toBeVisible()
  const { error } = await ask(headers)
  expect(error.message).toContain('"Web shop"')

  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(field).toBeVisible()
})

test('a session that ends in the middle of an edit loses nothing', async ({ page, designer }) => {
  await using millrace = await startMillrace(closed)
  await page.goto(`${millrace.url}/flows/example-rag-chat`)
  await signIn(page)
  await expect(designer.savedState).toHaveText('Saved')
  await designer.flowName.getByRole('button').click()
  const name = page.getByRole('textbox', { name: 'Name of the flow' })
  await name.fill('Renamed while signed out')
  await page.context().clearCookies()
  await name.press('Enter')

  const dialog = page.getByRole('dialog', { name: 'You are signed out' })
  await expect(dialog).toBeVisible()
  await expect(page.getByText('Signed out', { exact: true })).toBeVisible()
  expect(await findViolations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(dialog).toBeVisible()
  await signIn(page)
  await expect(dialog).toBeHidden()
  await expect(designer.savedState).toHaveText('Saved')
  await page.reload()
  await expect(designer.flowName).toHaveText('Renamed while signed out')
})

test('the editor of a server without a password needs no key when programs do', async ({
  page,
  designer,
}) => {
  await using millrace = await startMillrace()
  const address = await storeFlow(millrace, chatFlow('keyed'))
  await fetch(`${millrace.url}/api/keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Program', policies: ['execute'] }),
  })
  expect((await fetch(`${millrace.url}/v1/models`)).status).toBe(401)
  await page.goto(`${millrace.url}/keys`)
  await expect(page.getByRole('listitem')).toContainText('Program')
  await designer.open(address)
  await designer.ask('Hello')
  await expect(designer.conversation).toContainText('demo', { ignoreCase: true })
  await expect(designer.runButton).toHaveText(/Run/)
})
