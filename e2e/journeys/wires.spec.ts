import { expect } from '@playwright/test'
import { emptyFlow, type Flow } from '@millrace/flow'
import { branchingShape } from '../src/branching-shape.ts'
import { test } from '../src/journey.ts'
import { storeFlow } from '../src/stored.ts'

/** A chat that answers in one branch of two, with something loose beside it. */
const branching: Flow = {
  ...emptyFlow('wires', 'Wires'),
  nodes: [
    { id: 'trigger', type: 'chat.trigger', properties: { outputVariable: 'request' } },
    { id: 'if', type: 'flow.if', properties: { condition: { $expr: 'request.prompt != ""' } } },
    {
      id: 'ask',
      type: 'openai.chatCompletion',
      title: 'Ask',
      properties: {
        connection: 'demo',
        modelId: 'demo',
        userPrompt: { $ref: 'request.prompt' },
        resultVariable: 'response',
      },
    },
    { id: 'sorry', type: 'flow.yieldReturn', title: 'Sorry', properties: { value: 'No.' } },
    { id: 'send', type: 'flow.yieldReturn', title: 'Send', properties: { value: 'Yes.' } },
    { id: 'after', type: 'flow.return', title: 'After' },
    { id: 'loose', type: 'flow.log', title: 'Loose', properties: { message: 'Hi' } },
  ],
  ...branchingShape,
}

test('wires are drawn, refused, kept, taken up and undone', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, branching))
  await page.getByRole('button', { name: 'Show the whole flow' }).click()
  const edge = (name: RegExp) => page.getByRole('group', { name })

  await test.step('an edge that meets another asks which way is meant', async () => {
    await designer.connect(designer.port('sorry', 'exec:next'), designer.port('send', 'exec-in'))
    await page.getByRole('menuitem', { name: /^Run after “If”/ }).click()
    await expect(edge(/^Edge from If, continue, to Send/)).toBeAttached()
    await expect(edge(/^Edge from Ask/)).not.toBeAttached()
    await page.keyboard.press('Control+z')
    await expect(edge(/^Edge from Ask, next, to Send/)).toBeAttached()
  })

  await test.step('Escape takes none of the ways', async () => {
    await designer.connect(designer.port('sorry', 'exec:next'), designer.port('send', 'exec-in'))
    await page.getByRole('menuitem', { name: /^Replace/ }).focus()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menuitem')).toHaveCount(0)
    await expect(designer.edges).toHaveCount(5)
  })

  await test.step('a value says at the pointer why it does not fit', async () => {
    await designer.holdWire(
      designer.port('ask', 'out:response'),
      designer.port('sorry', 'in:value'),
    )
    await expect(page.getByRole('status').filter({ hasText: 'never both' })).toBeVisible()
    await page.mouse.up()
  })

  await test.step('a value that is out of reach is kept in a flow variable', async () => {
    await designer.connect(designer.port('ask', 'out:response'), designer.port('after', 'in:value'))
    await page.getByRole('menuitem', { name: /^Keep it in a flow variable/ }).click()
    await expect(designer.card('setVariable')).toBeVisible()
    await expect(edge(/^Edge from Set variable, next, to Send/)).toBeAttached()
    await expect(designer.port('after', 'in:value')).toHaveAttribute('data-state', 'bound')
    await page.keyboard.press('Control+z')
    await expect(designer.card('setVariable')).toHaveCount(0)
    await expect(designer.port('after', 'in:value')).toHaveAttribute('data-state', 'empty')
  })

  await test.step('an edge with the focus is removed by key, and the focus stays beside it', async () => {
    await edge(/^Edge from If, False, to Sorry/).focus()
    await page.keyboard.press('Delete')
    await expect(designer.edges).toHaveCount(4)
    await expect(designer.node('if')).toBeFocused()
    await page.keyboard.press('Control+z')
    await expect(designer.edges).toHaveCount(5)
  })

  await test.step('deleting what others refer to says so', async () => {
    await designer.select('trigger')
    await page.keyboard.press('Delete')
    const told = page.getByText('properties referred to what is gone')
    await expect(told).toBeVisible()
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
    await expect(designer.card('trigger')).toBeVisible()
  })
})

test('nodes are copied to another flow, and what is missing there is told', async ({
  page,
  millrace,
  designer,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const from = await storeFlow(millrace, {
    ...branching,
    id: 'copied-from',
    variables: [{ name: 'tone', type: 'text', value: 'kind' }],
    nodes: branching.nodes.map((node) =>
      node.id === 'loose' ? { ...node, properties: { message: { $ref: 'tone' } } } : node,
    ),
  })
  const to = await storeFlow(millrace, emptyFlow('copied-to', 'Copied to'))

  await test.step('a flow variable comes along', async () => {
    await designer.open(from)
    await page.getByRole('button', { name: 'Show the whole flow' }).click()
    await designer.select('loose')
    await page.keyboard.press('Control+c')
    await designer.open(to)
    await page.keyboard.press('Control+v')
    await expect(designer.card('loose')).toBeVisible()
    await expect(page.getByText('1 flow variable came along: “tone”.')).toBeVisible()
  })

  await test.step('a whole flow shows a summary before it changes anything', async () => {
    const whole = {
      ...branching,
      nodes: [...branching.nodes, { id: 'dice', type: 'acme.dice' }],
    }
    await page.evaluate((text) => navigator.clipboard.writeText(text), JSON.stringify(whole))
    await page.keyboard.press('Control+v')
    const dialog = page.getByRole('dialog', { name: /^Paste “Wires”/ })
    await expect(dialog).toContainText('not known here: acme.dice')
    await dialog.getByRole('button', { name: 'Paste 8 nodes' }).click()
    await expect(designer.card('loose2')).toBeVisible()
    await page.keyboard.press('Control+z')
    await expect(designer.card('trigger')).toHaveCount(0)
  })

  await test.step('any other text becomes a note', async () => {
    await page.evaluate(() => navigator.clipboard.writeText('Ask Ada first.'))
    await page.keyboard.press('Control+v')
    await expect(page.getByRole('application').getByText('Ask Ada first.')).toBeVisible()
  })
})
