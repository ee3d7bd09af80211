import { expect, type Locator, type Page } from '@playwright/test'

/** The designer as a user of mouse and keyboard knows it. */
export class Designer {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  get panel(): Locator {
    return this.#page.getByRole('region', { name: 'Side panel' })
  }

  get conversation(): Locator {
    return this.#page.getByRole('region', { name: 'Conversation' })
  }

  /** What the chat says of a run that failed. */
  get chatError(): Locator {
    return this.conversation.getByRole('alert')
  }

  get message(): Locator {
    return this.#page.getByRole('textbox', { name: 'Message' })
  }

  /** The button at the foot, which counts the problems and opens their list. */
  get problemCount(): Locator {
    return this.#page.getByRole('button', { name: /^Problems/ })
  }

  get problemList(): Locator {
    return this.#page.getByRole('region', { name: 'Problems' })
  }

  get edges(): Locator {
    return this.#page.locator('.react-flow__edge')
  }

  /** Run in the bar, which is Stop while a run goes on. */
  get runButton(): Locator {
    return this.#page.getByRole('banner').getByRole('button', { name: /^(Run|Stop)/ })
  }

  /** Says in the bar whether the flow is saved. */
  get savedState(): Locator {
    return this.#page.getByRole('banner').getByRole('status')
  }

  get flowName(): Locator {
    return this.#page.getByRole('heading', { level: 1 })
  }

  /** What takes the focus for a card. */
  node(nodeId: string): Locator {
    return this.#page.locator(`.react-flow__node[data-id="${nodeId}"]`)
  }

  card(nodeId: string): Locator {
    return this.#page.locator(`.react-flow__node [data-node-id="${nodeId}"]:not([data-port])`)
  }

  /** The badge that counts a node's problems; its title says what they are. */
  problems(nodeId: string): Locator {
    return this.card(nodeId).getByTestId('node-problems')
  }

  /** How a node stands in the run; its title says why it failed. */
  status(nodeId: string): Locator {
    return this.card(nodeId).getByTestId('node-status')
  }

  /** What a node failed with, above its card. */
  error(nodeId: string): Locator {
    return this.card(nodeId).getByTestId('node-error')
  }

  port(nodeId: string, port: string): Locator {
    return this.#page.locator(`[data-node-id="${nodeId}"][data-port="${port}"]`)
  }

  /** A property of the selected node in the panel. */
  field(property: string): Locator {
    return this.#page.locator(`[data-property="${property}"]`)
  }

  async createEmptyFlow(name: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'New flow', exact: true }).click()
    await this.#page.getByText('Empty flow').click()
    await this.#page.getByRole('textbox', { name: 'Name' }).fill(name)
    await this.#page.getByRole('button', { name: 'Create' }).click()
  }

  /** Opens a flow and waits until its connections are known, so that its problems are. */
  async open(address: string): Promise<void> {
    const connections = this.#page.waitForResponse((response) =>
      response.url().endsWith('/api/connections'),
    )
    await this.#page.goto(address)
    await connections
    await expect(this.problemCount).toBeVisible()
  }

  async addNode(name: RegExp): Promise<void> {
    await this.#page
      .getByRole('button', { name: /^Add node/ })
      .first()
      .click()
    await this.#page.getByRole('option', { name }).click()
  }

  /** Unfolds what a long panel keeps folded: what is optional and not set. */
  async showAllFields(): Promise<void> {
    await this.panel.getByRole('button', { name: /^Show \d+ more fields?$/ }).click()
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
    await this.holdWire(from, to)
    await this.#page.mouse.up()
  }

  /** Draws a wire as far as a port, without letting go of it. */
  async holdWire(from: Locator, to: Locator): Promise<void> {
    await from.hover()
    await this.#page.mouse.down()
    await to.hover()
  }

  async select(nodeId: string): Promise<void> {
    await this.card(nodeId).click({ position: { x: 120, y: 24 } })
  }

  async rename(name: string): Promise<void> {
    await this.flowName.getByRole('button').click()
    await this.#page.getByRole('textbox', { name: 'Name of the flow' }).fill(name)
    await this.#page.keyboard.press('Enter')
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

  /** Chooses from a list that a field opens. */
  async choose(property: string, option: RegExp): Promise<void> {
    await this.field(property).getByRole('combobox').click()
    await this.#page.getByRole('option', { name: option }).click()
  }

  /** Opens the variables of a property and chooses one by its name. */
  async insertVariable(property: string, name: string): Promise<void> {
    await this.field(property).getByRole('button', { name: 'Insert value' }).click()
    await this.#page.getByRole('combobox', { name: 'Search variables' }).fill(name)
    await this.#page
      .getByRole('treeitem', { name: new RegExp(`^${name} `) })
      .first()
      .click()
  }

  /** Runs a chat flow: Run opens the chat, and the message starts it. */
  async ask(prompt: string): Promise<void> {
    await this.#page.keyboard.press('Control+Enter')
    await this.message.fill(prompt)
    await this.message.press('Enter')
  }

  /** Saves at once, and waits until the server has it. */
  async save(): Promise<void> {
    await this.#page.keyboard.press('Control+s')
    await expect(this.savedState).toHaveText('Saved')
  }
}
