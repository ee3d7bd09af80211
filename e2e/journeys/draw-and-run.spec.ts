import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { startFakeModelServer, textAnswer } from '../src/fake-model-server.ts'
import { startMillrace } from '../src/millrace-server.ts'

// The view then stands still as soon as it moved.
test.use({ contextOptions: { reducedMotion: 'reduce' } })

const run = promisify(execFile)
const answer = 'Water turns the wheel, and the wheel turns the stone, all day long.'

test('a flow is drawn from an empty canvas, runs live, and answers curl and the command line the same', async ({
  page,
}, testInfo) => {
  await using provider = await startFakeModelServer({
    apiKey: 'sk-e2e',
    models: { 'gpt-4o-mini': textAnswer(answer, { delayMs: 60 }) },
  })
  await using millrace = await startMillrace()
  const designer = new Designer(page)

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
    await expect(page.locator('.react-flow__edge')).toHaveCount(2)
  })

  await test.step('configure it in the panel', async () => {
    await designer.select('streamingChatCompletion')
    await designer.createConnection({ name: 'Fake', apiKey: 'sk-e2e', baseUrl: provider.url })
    await designer.panel.getByRole('textbox', { name: 'Model id' }).fill('gpt-4o-mini')
    await designer.insertVariable('userPrompt', 'prompt')
    await designer.select('yieldReturn')
    await designer.insertVariable('value', 'content')
    await expect(page.getByRole('button', { name: /Problems/ })).toContainText('none')
  })

  await test.step('run the unsaved document and watch the tokens grow in node and chat', async () => {
    await page.keyboard.press('Control+Enter')
    const prompt = page.getByRole('textbox', { name: 'Message' })
    await prompt.fill('How does a mill work?')
    await prompt.press('Enter')
    const streamed = designer.card('streamingChatCompletion')
    const chat = page.getByRole('region', { name: 'Conversation' })
    await expect(chat).toContainText('Water turns')
    await expect(streamed).toContainText('Water turns')
    await expect(page.getByRole('button', { name: /^Stop/ }).first()).toBeVisible()
    await expect(chat).not.toContainText('all day long.')
    await expect(chat).toContainText(answer)
    await expect(streamed).toContainText('all day long.')
    await expect(designer.card('yieldReturn')).toContainText('×13')
    expect(provider.requests.at(-1)?.body).toMatchObject({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'How does a mill work?' }],
    })
  })

  await test.step('save it, and find it again after a reload', async () => {
    await page.keyboard.press('Control+s')
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()
    await page.reload()
    await expect(page.locator('.react-flow__edge')).toHaveCount(2)
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

/** The designer as a user of mouse and keyboard knows it. */
class Designer {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  get panel(): Locator {
    return this.#page.getByRole('region', { name: 'Side panel' })
  }

  card(nodeId: string): Locator {
    return this.#page.locator(`.react-flow__node [data-node-id="${nodeId}"]:not([data-port])`)
  }

  port(nodeId: string, port: string): Locator {
    return this.#page.locator(`[data-node-id="${nodeId}"][data-port="${port}"]`)
  }

  async createEmptyFlow(name: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'New flow' }).click()
    await this.#page.getByText('Empty flow').click()
    await this.#page.getByRole('textbox', { name: 'Name' }).fill(name)
    await this.#page.getByRole('button', { name: 'Create' }).click()
  }

  async addNode(name: RegExp): Promise<void> {
    await this.#page
      .getByRole('button', { name: /^Add node/ })
      .first()
      .click()
    await this.#page.getByRole('option', { name }).click()
  }

  async dropWire(from: Locator, by: { readonly right: number; readonly down: number }) {
    const { mouse } = this.#page
    await from.hover()
    const box = await from.boundingBox()
    await mouse.down()
    await mouse.move((box?.x ?? 0) + by.right, (box?.y ?? 0) + by.down, { steps: 8 })
    await mouse.up()
  }

  async connect(from: Locator, to: Locator): Promise<void> {
    await from.hover()
    await this.#page.mouse.down()
    await to.hover()
    await this.#page.mouse.up()
  }

  async select(nodeId: string): Promise<void> {
    await this.card(nodeId).click({ position: { x: 120, y: 24 } })
  }

  async createConnection(fields: {
    readonly name: string
    readonly apiKey: string
    readonly baseUrl: string
  }): Promise<void> {
    await this.panel.getByRole('button', { name: /New/ }).click()
    const dialog = this.#page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill(fields.name)
    await dialog.getByLabel('API key').fill(fields.apiKey)
    await dialog.getByLabel('Base URL').fill(fields.baseUrl)
    await dialog.getByRole('button', { name: 'Create', exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  /** Opens the variables of a property and chooses one by its name. */
  async insertVariable(property: string, name: string): Promise<void> {
    await this.#page
      .locator(`[data-property="${property}"]`)
      .getByRole('button', { name: 'Insert variable' })
      .click()
    await this.#page.getByRole('combobox', { name: 'Search variables' }).fill(name)
    await this.#page.getByRole('treeitem', { name, exact: true }).first().click()
  }
}
