import { expect, type Page } from '@playwright/test'
import { chatFlow } from '../src/chat-flow.ts'
import { startFakeModelServer, textAnswer } from '../src/fake-model-server.ts'
import { test } from '../src/journey.ts'
import type { MillraceServer } from '../src/millrace-server.ts'
import { storeConnection, storedText, storeFlow } from '../src/stored.ts'

const apiKey = 'sk-e2e'

test('a connection is tried until it works, and only then made', async ({ page, millrace }) => {
  await using provider = await startFakeModelServer({
    apiKey,
    models: { 'wheel-1': textAnswer('a'), 'wheel-2': textAnswer('b') },
  })
  await page.goto(`${millrace.url}/connections`)
  await page.getByRole('button', { name: 'New connection' }).first().click()
  const dialog = page.getByRole('dialog')
  const baseUrl = dialog.getByRole('textbox', { name: 'Base URL' })
  const tryIt = dialog.getByRole('button', { name: 'Test', exact: true })

  await test.step('an example fills in the address and says what else it needs', async () => {
    await dialog.getByRole('button', { name: 'Ollama' }).click()
    await expect(baseUrl).toHaveValue('http://localhost:11434/v1')
    await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Ollama')
    await expect(dialog).toContainText('It asks for no API key')
  })

  await test.step('a placeholder that was left is found before anything is sent', async () => {
    await dialog.getByRole('button', { name: 'Azure OpenAI' }).click()
    await tryIt.click()
    await expect(dialog).toContainText('Put your own value in place of <resource>.')
    await expect(baseUrl).toHaveAttribute('aria-invalid', 'true')
  })

  await test.step('a wrong path is told from a wrong server, and mended', async () => {
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Wheel')
    await dialog.getByLabel('API key').fill(apiKey)
    await baseUrl.fill(provider.url.replace('/v1', ''))
    await tryIt.click()
    await expect(dialog.getByRole('alert')).toContainText('The base URL lacks /v1')
    await dialog.getByRole('button', { name: `Use ${provider.url}` }).click()
    await expect(baseUrl).toHaveValue(provider.url)
    await expect(dialog.getByRole('alert')).toBeHidden()
  })

  await test.step('a wrong key is told', async () => {
    await dialog.getByLabel('API key').fill('sk-wrong')
    await tryIt.click()
    await expect(dialog.getByRole('alert')).toContainText('The API key was refused')
    await expect(dialog).not.toContainText('sk-wrong')
  })

  await test.step('an address that the server may not reach names the setting', async () => {
    await baseUrl.fill('http://192.168.99.99/v1')
    await tryIt.click()
    await expect(dialog.getByRole('alert')).toContainText('This address is not allowed')
    await expect(dialog.getByRole('alert')).toContainText('MILLRACE_ALLOW_HOSTS')
  })

  await test.step('what works says what it offers, and is made with what was found', async () => {
    await baseUrl.fill(provider.url)
    await dialog.getByLabel('API key').fill(apiKey)
    await tryIt.click()
    const result = dialog.getByRole('status')
    await expect(result).toContainText(/It works\s*\d+ ms/)
    await expect(result).toContainText('2 models: wheel-1, wheel-2')
    expect(await idsOn(millrace)).not.toContain('wheel')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await expect(rowOf(page, 'Wheel')).toContainText('works')
    expect(await idsOn(millrace)).toContain('wheel')
  })
})

test('the secrets of a connection stay at its address', async ({ page, millrace }) => {
  await using provider = await startFakeModelServer({ apiKey })
  await using other = await startFakeModelServer()
  await storeConnection(millrace, { id: 'kept', name: 'Kept', baseUrl: provider.url, apiKey })
  await page.goto(`${millrace.url}/connections`)
  const dialog = page.getByRole('dialog')
  const tryIt = dialog.getByRole('button', { name: 'Test', exact: true })

  await test.step('a test of the form uses the stored key, and a locked header', async () => {
    await page.getByRole('button', { name: 'Edit Kept', exact: true }).click()
    await expect(dialog).toContainText('Set, and never shown')
    await dialog.getByRole('button', { name: 'Add a header' }).click()
    await dialog.getByRole('textbox', { name: 'Name of header 1' }).fill('X-Gate')
    await dialog.getByRole('button', { name: 'Keep the value of header 1 secret' }).click()
    await dialog.getByRole('textbox', { name: 'Value of header 1' }).fill('gate-1')
    await tryIt.click()
    await expect(dialog.getByRole('status')).toContainText('It works')
    expect(provider.requests.at(-1)?.headers).toMatchObject({
      authorization: `Bearer ${apiKey}`,
      'x-gate': 'gate-1',
    })
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
  })

  await test.step('a test of another address goes without them, as the form warns', async () => {
    await page.getByRole('button', { name: 'Edit Kept', exact: true }).click()
    await expect(dialog.getByText('Set, and never shown')).toHaveCount(2)
    await dialog.getByRole('textbox', { name: 'Base URL' }).fill(other.url)
    await expect(dialog).toContainText('the stored secrets are forgotten')
    await tryIt.click()
    await expect(dialog.getByText('It works')).toBeVisible()
    expect(other.requests.map(({ headers }) => [headers.authorization, headers['x-gate']])).toEqual(
      other.requests.map(() => [undefined, undefined]),
    )
    await page.keyboard.press('Escape')
  })

  await test.step('a copy has them, since it has the address', async () => {
    await page.getByRole('button', { name: 'More for Kept' }).click()
    await page.getByRole('menuitem', { name: 'Duplicate' }).click()
    await page.getByRole('button', { name: 'Test Kept (copy)' }).click()
    await expect(rowOf(page, 'Kept (copy)')).toContainText('It works')
    expect(provider.requests.at(-1)?.headers).toMatchObject({
      authorization: `Bearer ${apiKey}`,
      'x-gate': 'gate-1',
    })
  })
})

test('deleting a connection says what uses it, and the open flow notices', async ({
  page,
  millrace,
  designer,
}) => {
  await using provider = await startFakeModelServer()
  await storeConnection(millrace, { id: 'doomed', name: 'Doomed', baseUrl: provider.url })
  const flow = chatFlow('loses-it', { chat: { connection: 'doomed', modelId: 'm' } })
  await designer.open(await storeFlow(millrace, flow))
  await expect(designer.problemCount).toContainText('none')
  const before = await storedText(millrace, flow.id)

  const list = await page.context().newPage()
  await test.step('the page and the dialog name the flow', async () => {
    await list.goto(`${millrace.url}/connections`)
    await rowOf(list, 'Doomed').getByText('Used by 1 flow').click()
    await expect(rowOf(list, 'Doomed').getByRole('link', { name: flow.name })).toBeVisible()
    await list.getByRole('button', { name: 'More for Doomed' }).click()
    await list.getByRole('menuitem', { name: 'Delete' }).click()
    const dialog = list.getByRole('dialog')
    await expect(dialog).toContainText('cannot be undone')
    await expect(dialog.getByRole('link', { name: flow.name })).toHaveAttribute(
      'href',
      `/flows/${flow.id}`,
    )
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await expect(rowOf(list, 'Doomed')).toBeHidden()
  })

  await test.step('the designer tells it at the property, and nothing is lost', async () => {
    await expect(page.getByText('The connection “Doomed” was deleted')).toBeVisible()
    await designer.select('chat')
    await expect(designer.field('connection')).toContainText('doomed (not on this server)')
    await expect(designer.field('connection')).toContainText('which does not exist here')
    expect(await storedText(millrace, flow.id)).toBe(before)
  })

  await test.step('it is made again where it is missed, for all that name it', async () => {
    await designer.field('connection').getByRole('button', { name: 'Make “doomed” again' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Risen')
    await dialog.getByRole('textbox', { name: 'Base URL' }).fill(provider.url)
    await dialog.getByRole('button', { name: 'Create' }).click()
    await expect(designer.field('connection').getByRole('combobox')).toContainText('Risen')
    await expect(designer.problemCount).toContainText('none')
    expect(await idsOn(millrace)).toContain('doomed')
  })

  await test.step('and a new name from elsewhere shows at once', async () => {
    await list.getByRole('button', { name: 'Edit Risen', exact: true }).click()
    await list.getByRole('textbox', { name: 'Name' }).fill('Renamed')
    await list.getByRole('button', { name: 'Save' }).click()
    await expect(designer.field('connection').getByRole('combobox')).toContainText('Renamed')
  })
})

test('two who edit one connection do not undo each other', async ({ page, millrace, designer }) => {
  await using provider = await startFakeModelServer()
  await storeConnection(millrace, { id: 'shared', name: 'Shared', baseUrl: provider.url })
  const flow = chatFlow('shares-it', { chat: { connection: 'shared', modelId: 'm' } })
  await designer.open(await storeFlow(millrace, flow))
  await designer.select('chat')
  await designer.field('connection').getByRole('button', { name: 'Edit', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Organization' }).fill('org-first')

  const list = await page.context().newPage()
  await test.step('somebody else changes it meanwhile, which the open designer learns', async () => {
    await list.goto(`${millrace.url}/connections`)
    await list.getByRole('button', { name: 'Edit Shared', exact: true }).click()
    await list.getByRole('textbox', { name: 'Name' }).fill('Changed elsewhere')
    await list.getByRole('button', { name: 'Save' }).click()
    await expect(designer.field('connection').getByText('Changed elsewhere')).toBeVisible()
  })

  await test.step('what was edited before is not saved over it', async () => {
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('alert')).toContainText('was changed elsewhere')
    await expect(rowOf(list, 'Changed elsewhere')).toBeVisible()
  })
})

function rowOf(page: Page, name: string) {
  return page
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: `Test ${name}`, exact: true }) })
}

async function idsOn({ url }: MillraceServer): Promise<readonly string[]> {
  const response = await fetch(`${url}/api/connections`)
  const { connections } = (await response.json()) as { connections: readonly { id: string }[] }
  return connections.map(({ id }) => id)
}
