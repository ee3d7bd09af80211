import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { startFakeModelServer, textAnswer } from '../src/fake-model-server.ts'
import { test } from '../src/journey.ts'

const run = promisify(execFile)
const answer = 'Water turns the wheel, and the wheel turns the stone, all day long.'

test('a flow is drawn from an empty canvas, runs live, and answers curl and the command line the same', async ({
  page,
  millrace,
  designer,
}, testInfo) => {
  const rest = Promise.withResolvers<void>()
  const pause = { afterTokens: 6, until: rest.promise }
  await using provider = await startFakeModelServer({
    apiKey: 'sk-e2e',
    models: { 'gpt-4o-mini': textAnswer(answer, { pause }) },
  })

  await test.step('draw the flow by mouse', async () => {
    await page.goto(millrace.url)
    await designer.createEmptyFlow('Drawn by hand')
    await page.getByRole('button', { name: 'Start from chat trigger' }).click()
    // A wire that is dropped on the canvas asks what to put there, and wires it.
    await designer.dropWire(designer.port('trigger', 'exec:next'), { right: 120, down: 40 })
    await page.getByRole('option', { name: /^Streaming chat completion/ }).click()
    await expect(designer.card('streamingChatCompletion')).toBeVisible()
    await designer.addNode(/^Yield return/)
    await designer.connect(
      designer.port('streamingChatCompletion', 'exec:forEachMessage'),
      designer.port('yieldReturn', 'exec-in'),
    )
    await expect(designer.edges).toHaveCount(2)
  })

  await test.step('configure it in the panel', async () => {
    await designer.select('streamingChatCompletion')
    await designer.createConnection({ name: 'Fake', apiKey: 'sk-e2e', baseUrl: provider.url })
    await designer.panel.getByRole('textbox', { name: 'Model id' }).fill('gpt-4o-mini')
    await designer.insertVariable('userPrompt', 'prompt')
    await designer.select('yieldReturn')
    await designer.insertVariable('value', 'content')
    await expect(designer.problemCount).toContainText('none')
  })

  await test.step('run the unsaved document and watch the tokens grow in node and chat', async () => {
    await designer.ask('How does a mill work?')
    const streamed = designer.card('streamingChatCompletion')
    for (const place of [designer.conversation, streamed]) {
      await expect(place).toContainText('Water turns the wheel, and the')
      await expect(place).not.toContainText('stone')
    }
    await expect(page.getByRole('button', { name: /^Stop/ }).first()).toBeVisible()
    rest.resolve()
    await expect(designer.conversation).toContainText(answer)
    await expect(streamed).toContainText('all day long.')
    await expect(designer.card('yieldReturn')).toContainText('×13')
    expect(provider.requests.at(-1)?.body).toMatchObject({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'How does a mill work?' }],
    })
  })

  await test.step('save it, and find it again after a reload', async () => {
    await designer.save()
    await page.reload()
    await expect(designer.edges).toHaveCount(2)
  })

  const input = JSON.stringify({ sessionId: 's1', prompt: 'How does a mill work?' })
  await test.step('get the same text by curl', async () => {
    const { stdout } = await run('curl', [
      '-sN',
      `${millrace.url}/api/flows/drawn-by-hand/stream`,
      '-H',
      'content-type: application/json',
      '-d',
      input,
    ])
    const events = stdout.trim().split('\n\n')
    const values = events
      .filter((event) => event.includes('event: yield'))
      .map((event) => JSON.parse(event.split('data: ')[1] ?? '') as string)
    expect(values.join('')).toBe(answer)
    expect(events.at(-1)).toContain('event: end')
  })

  await test.step('get the same text from the command line', async () => {
    const flow = testInfo.outputPath('flow.json')
    const connections = testInfo.outputPath('connections.json')
    const saved = await fetch(`${millrace.url}/api/flows/drawn-by-hand`)
    await writeFile(flow, await saved.text())
    const fields = { apiKey: '${KEY}', baseUrl: provider.url }
    await writeFile(connections, JSON.stringify({ fake: { kind: 'openai', fields } }))
    const cli = join(import.meta.dirname, '../../apps/cli/src/main.ts')
    const { stdout } = await run(
      process.execPath,
      [cli, 'run', flow, '--input', input, '--connections', connections],
      { env: { ...process.env, KEY: 'sk-e2e' } },
    )
    expect(stdout.trim()).toBe(answer)
  })
})
