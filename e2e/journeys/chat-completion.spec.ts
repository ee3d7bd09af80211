import { expect } from '@playwright/test'
import { errorAnswers, startFakeModelServer, textAnswer } from '../src/fake-model-server.ts'
import { test } from '../src/journey.ts'

const answer = 'The stone grinds the grain.'

test('a flow that waits for the whole answer is drawn and run, and says what to do when it fails', async ({
  page,
  millrace,
  designer,
}) => {
  await using provider = await startFakeModelServer({
    apiKey: 'sk-e2e',
    models: { 'gpt-4o-mini': [textAnswer(answer), errorAnswers.contextTooLong()] },
  })

  await test.step('draw and configure it', async () => {
    await page.goto(millrace.url)
    await designer.createEmptyFlow('Whole answers')
    await page.getByRole('button', { name: 'Start from chat trigger' }).click()
    await designer.dropWire(designer.port('trigger', 'exec:next'), { right: 120, down: 40 })
    await page.getByRole('option', { name: /^Chat completion/ }).click()
    await designer.addNode(/^Return/)
    await designer.connect(
      designer.port('chatCompletion', 'exec:next'),
      designer.port('return', 'exec-in'),
    )
    await designer.select('chatCompletion')
    await designer.createConnection({
      name: 'Mill models',
      apiKey: 'sk-e2e',
      baseUrl: provider.url,
    })
    await designer.panel.getByRole('textbox', { name: 'Model id' }).fill('gpt-4o-mini')
    await designer.insertVariable('userPrompt', 'prompt')
    await expect(designer.field('streamVariable')).toHaveCount(0)
    await designer.select('return')
    await designer.insertVariable('value', 'content')
    await expect(designer.problemCount).toContainText('none')
  })

  await test.step('run it: one answer, asked for without a stream', async () => {
    await designer.ask('How does a mill work?')
    await expect(designer.conversation).toContainText(answer)
    expect(provider.requests.at(-1)?.body).toMatchObject({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'How does a mill work?' }],
    })
    expect(provider.requests.at(-1)?.body).not.toHaveProperty('stream')
  })

  await test.step('run it once more, too long for the model', async () => {
    await designer.message.fill('And a longer story?')
    await designer.message.press('Enter')
    await expect(designer.chatError).toContainText('attach a History reducer')
    await expect(designer.chatError).toContainText('"Mill models"')
  })
})
