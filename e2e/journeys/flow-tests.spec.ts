// Tests of a flow: made of a run, failed by a change of the prompt, passed again, and run in CI.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noTests } from '@millrace/flow'
import { expect } from '@playwright/test'
import { chatFlow } from '../src/chat-flow.ts'
import { startFakeModelServer, textAnswer } from '../src/fake-model-server.ts'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import { storeConnection, storedText, storeFlow } from '../src/stored.ts'

const command = join(import.meta.dirname, '../../apps/cli/src/main.ts')

test('a run becomes a test, which a changed prompt fails and the command line runs', async ({
  page,
  millrace,
  designer,
}) => {
  const chat = { connection: 'tested', modelId: 'm', systemPrompt: 'Be friendly.' }
  {
    await using provider = await startFakeModelServer({ models: { m: textAnswer('Hello you') } })
    await storeConnection(millrace, { id: 'tested', name: 'Tested', baseUrl: provider.url })
    await designer.open(await storeFlow(millrace, chatFlow('tested', { chat })))

    await page.getByRole('button', { name: /^Tests/ }).click()
    const panel = page.getByRole('region', { name: 'Tests' })
    await expect(panel).toContainText('No tests yet')
    await expect(panel.getByRole('button', { name: 'Run the flow' })).toBeEnabled()
    expect(await findViolations(page)).toEqual([])
    await designer.ask('Who are you?')
    await expect(designer.conversation).toContainText('Hello you')
    await page.getByRole('button', { name: 'Save last run as a test' }).click()
    await expect(page.getByRole('option', { name: /^Passed: Who are you\?/ })).toBeVisible()
  }

  // From here on no provider answers, nor does any need to.
  const detail = page.getByRole('region', { name: 'Test Who are you?' })
  await expect(detail).toContainText('Passed')
  await designer.select('chat')
  const prompt = designer.field('systemPrompt').getByRole('textbox')
  await prompt.click()
  await page.keyboard.press('Control+End')
  // One edit, however busy the machine is.
  await page.keyboard.insertText(' And brief.')
  await expect(detail).toContainText('before the last change of the flow')
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(page.getByRole('option', { name: /^Failed: Who are you\?/ })).toBeVisible()
  await expect(detail).toContainText('What “Answer” asks')
  await expect(detail).toContainText('body.messages[0].content')
  await expect(detail.locator('mark')).toHaveText(' And brief.')
  expect(await findViolations(page)).toEqual([])

  await page.getByRole('banner').getByRole('button', { name: /^Undo/ }).click()
  await detail.getByRole('button', { name: 'Run' }).click()
  await expect(detail).toContainText('Passed')
  await detail.getByRole('textbox', { name: 'Name of the test' }).fill('Greets')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option', { name: /^Passed: Greets/ })).toBeVisible()

  await designer.save()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export the tests as a file' }).click()
  const folder = await mkdtemp(join(tmpdir(), 'millrace-exported-'))
  try {
    const download = await downloading
    await download.saveAs(join(folder, download.suggestedFilename()))
    await writeFile(join(folder, 'tested.flow.json'), await storedText(millrace, 'tested'))
    const child = spawn(process.execPath, [command, 'test', folder])
    let output = ''
    child.stdout.on('data', (data: Buffer) => (output += data.toString()))
    const [code] = await once(child, 'close')
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/✓ Greets \(\d+ ms\)\n1 passed, 0 failed\n$/),
    ])
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('what is expected is edited as JSON, and a deleted test comes back', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, chatFlow('edited')))
  await designer.ask('Hi')
  await expect(page.getByRole('button', { name: 'Copy answer' })).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: /^Tests/ }).click()
  await page.getByRole('button', { name: 'Save last run as a test' }).click()
  await expect(page.getByRole('option', { name: /^Passed: Hi/ })).toBeVisible()

  await page.getByRole('button', { name: 'Edit what is expected' }).click()
  const dialog = page.getByRole('dialog', { name: 'What “Hi” expects' })
  await dialog.getByRole('textbox').fill('{ "outcom": "failed" }')
  await expect(dialog.getByRole('status')).toHaveText(/^At outcom: This is not known/)
  await expect(dialog.getByRole('button', { name: 'OK' })).toBeDisabled()
  await dialog.getByRole('textbox').fill('{ "outcome": "failed" }')
  await dialog.getByRole('button', { name: 'OK' }).click()
  await expect(page.getByRole('option', { name: /^Failed: Hi/ })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Test Hi' })).toContainText('How the run ended')

  await page.getByRole('button', { name: 'Expect what came out' }).click()
  await expect(page.getByRole('option', { name: /^Passed: Hi/ })).toBeVisible()

  await page.getByRole('button', { name: 'Delete the test' }).click()
  await expect(page.getByText('No tests yet')).toBeVisible()
  await page.getByText('“Hi” is deleted.').waitFor()
  await page.getByRole('listitem').filter({ hasText: 'is deleted' }).getByText('Undo').click()
  await expect(page.getByRole('option', { name: /Hi/ })).toBeVisible()

  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Import tests from a file' }).click()
  const file = {
    name: 'more.test.json',
    mimeType: 'application/json',
    buffer: Buffer.from(
      JSON.stringify({ ...noTests('edited'), tests: [{ name: 'Hi', expect: {} }] }),
    ),
  }
  await (await choosing).setFiles(file)
  await expect(page.getByRole('option', { name: /Hi \(2\)/ })).toBeVisible()
})
