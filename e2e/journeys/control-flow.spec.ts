import { expect, type Page } from '@playwright/test'
import { emptyFlow, type Flow } from '@millrace/flow'
import { orderIntakeExample } from '@millrace/nodes'
import type { Designer } from '../src/designer.ts'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import { storeFlow } from '../src/stored.ts'

test('a flow of Try, For each, If-Else and Break is drawn by keyboard and mouse, and shows its rounds', async ({
  page,
  millrace,
  designer,
}) => {
  await page.goto(millrace.url)
  await designer.createEmptyFlow('Control flow')

  await test.step('draw it', async () => {
    await page
      .getByRole('button', { name: /^Add node/ })
      .first()
      .waitFor()
    await page.keyboard.press('n')
    // By what somebody would call it.
    await page.getByRole('combobox', { name: 'Add a node' }).fill('catch')
    await page.keyboard.press('Enter')
    await expect(designer.card('tryCatch')).toBeVisible()
    await designer.dropWire(designer.port('tryCatch', 'exec:try'), { right: 120, down: 40 })
    await page.getByRole('combobox', { name: 'Add a node' }).fill('loop')
    await page.getByRole('option', { name: /^For each/ }).click()
    await expect(designer.card('forEach')).toBeVisible()
    await typeExpression(page, designer, 'items', '[1, 2, 3, 4]')
    await designer.dropWire(designer.port('forEach', 'exec:forEachItem'), { right: 30, down: 130 })
    await page.getByRole('combobox', { name: 'Add a node' }).fill('switch')
    await page.keyboard.press('Enter')
    await expect(designer.card('ifElse')).toBeVisible()
  })

  const cases = designer.field('cases')
  const exits = designer.card('ifElse').getByRole('listitem')
  await test.step('name its cases, which are its exits at once', async () => {
    await expect(exits).toHaveText(['Case 1', 'Else', 'Continue'])
    await cases.getByRole('textbox', { name: 'Name of case 1' }).fill('Far')
    await expect(exits).toHaveText(['Far', 'Else', 'Continue'])
    await cases.getByRole('button', { name: 'Expression' }).click()
    await cases.getByRole('textbox', { name: 'Condition of Far' }).click()
    await page.keyboard.type('item > 2')
    await cases.getByRole('button', { name: 'Add case' }).click()
    await page.keyboard.type('Near')
    await expect(exits).toHaveText(['Far', 'Near', 'Else', 'Continue'])
  })

  await test.step('put them in another order by keyboard, and back by undo', async () => {
    await cases.getByRole('button', { name: 'Move Near', exact: true }).focus()
    await page.keyboard.press('ArrowUp')
    await expect(exits).toHaveText(['Near', 'Far', 'Else', 'Continue'])
    await expect(cases.getByRole('button', { name: 'Move Near', exact: true })).toBeFocused()
    await expect(cases).toContainText('Near is now case 1 of 2.')
    await page.keyboard.press('Control+z')
    await expect(exits).toHaveText(['Far', 'Near', 'Else', 'Continue'])
  })

  await test.step('drag one to another place', async () => {
    await cases.getByRole('button', { name: 'Move Near', exact: true }).hover()
    await page.mouse.down()
    await cases.getByRole('textbox', { name: 'Name of case 1' }).hover({ position: { x: 9, y: 2 } })
    await page.mouse.up()
    await expect(exits).toHaveText(['Near', 'Far', 'Else', 'Continue'])
    await page.keyboard.press('Control+z')
    await expect(exits).toHaveText(['Far', 'Near', 'Else', 'Continue'])
  })

  await test.step('take a case away with its edge, and bring both back by one undo', async () => {
    await designer.dropWire(designer.port('ifElse', 'exec:case.case2'), { right: 30, down: 130 })
    await page.getByRole('option', { name: /^Log/ }).click()
    await expect(designer.edges).toHaveCount(3)
    await designer.select('ifElse')
    await cases.getByRole('button', { name: 'Remove Near' }).click()
    await expect(designer.edges).toHaveCount(2)
    await page.keyboard.press('Control+z')
    await expect(designer.edges).toHaveCount(3)
    await cases.getByRole('button', { name: 'Remove Near' }).click()
    await designer.node('log').focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Delete')
    await expect(designer.card('log')).toHaveCount(0)
  })

  await test.step('leave the loop in the case, send the item in the others', async () => {
    await page.getByRole('button', { name: 'Show the whole flow' }).click()
    await expect(designer.card('tryCatch')).toBeInViewport({ ratio: 0.99 })
    await designer.dropWire(designer.port('ifElse', 'exec:case.case'), { right: 30, down: -130 })
    await page.getByRole('option', { name: /^Break/ }).click()
    await expect(designer.card('break')).toContainText('Leaves the loop')
    await designer.dropWire(designer.port('ifElse', 'exec:else'), { right: 30, down: 100 })
    await page.getByRole('option', { name: /^Yield return/ }).click()
    await designer.insertVariable('value', 'item')
    await expect(designer.problemCount).toContainText('none')
  })

  await test.step('run it, and see what it yields and how often it went round', async () => {
    await page.keyboard.press('Control+Enter')
    const output = page.getByRole('region', { name: 'Output of the run' })
    await expect(output).toContainText('Completed.')
    await expect(output.getByRole('listitem')).toHaveText(['11', '22'])
    await expect(designer.card('forEach')).toContainText('For each item×3')
    await expect(designer.status('break')).toContainText('Completed')
    await expect(designer.card('yieldReturn')).toContainText('×2')
  })

  await test.step('for everyone, in both themes', () => expectAccessible(page))
})

test('what a Try catches is marked as caught, and the run is none that failed', async ({
  page,
  millrace,
  designer,
}) => {
  const order = { customerId: 'C-1', lines: [{ product: 'Bran', quantity: 0, price: 7 }] }
  const intake = orderIntakeExample('caught-orders', 'Caught orders')
  await designer.open(await storeFlow(millrace, withDefaultData(intake, order)))
  await page.keyboard.press('Control+Enter')
  const output = page.getByRole('region', { name: 'Output of the run' })
  await expect(output).toContainText('reason"Bran" has no quantity.')
  await expect(designer.status('throw')).toHaveText(/^Caught/)
  await expect(designer.error('throw')).toHaveText('Caught: The flow threw an error')
  // The nodes around it say so by their pill alone.
  await expect(designer.status('forEach')).toHaveText(/^Caught/)
  await expect(designer.error('forEach')).toHaveCount(0)
  await expect(designer.status('try')).toHaveText(/^Completed/)
  await expect(output.getByRole('alert')).toHaveCount(0)
  await expectAccessible(page)
})

test('the variable of a block is offered inside it only, with its fields', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, orderIntakeExample('scoped-orders', 'Scoped')))
  await designer.select('log')
  await designer.field('data').getByRole('button', { name: 'Insert value' }).click()
  const tree = page.getByRole('tree')
  await expect(tree.getByRole('treeitem', { name: /^exception / })).toBeVisible()
  await page.getByRole('combobox', { name: 'Search variables' }).fill('message')
  await expect(tree.getByRole('treeitem', { name: /^message text/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await designer.select('accept')
  await expect(designer.problemCount).toContainText('none')
  await typeExpression(page, designer, 'value', 'exception.message')
  await expect(designer.problemCount).toContainText('1')
})

test('a list is chosen from the variables, and a variable is made where one is set', async ({
  page,
  millrace,
  designer,
}) => {
  const counting: Flow = {
    ...emptyFlow('counted-rounds', 'Counted rounds'),
    nodes: [
      {
        id: 'trigger',
        type: 'http.trigger',
        properties: {
          fields: [{ name: 'lines', type: 'list' }],
          defaultData: { lines: [{ quantity: 2 }] },
        },
      },
      { id: 'each', type: 'flow.forEach' },
      { id: 'set', type: 'flow.setVariable' },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'each' },
      { from: ['each', 'forEachItem'], to: 'set' },
    ],
    layout: { nodes: { trigger: [0, 0], each: [320, 0], set: [640, 0] } },
  }
  await designer.open(await storeFlow(millrace, counting))

  await designer.select('each')
  await designer.field('items').getByText('Choose a variable').click()
  await page.getByRole('treeitem', { name: /^lines / }).click()

  await designer.select('set')
  await designer.field('variable').getByRole('button', { name: 'New variable' }).click()
  const dialog = page.getByRole('dialog', { name: 'New variable' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('my count')
  await expect(dialog).toContainText('A name starts with a letter')
  await expect(dialog.getByRole('button', { name: 'Create' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('count')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(designer.field('variable').getByRole('combobox')).toHaveText('count')

  // The default data has shown which fields a line has.
  await designer.insertVariable('value', 'quantity')
  await expect(designer.field('value')).toContainText('item.quantity')
  await expect(designer.problemCount).toContainText('none')
})

async function typeExpression(
  page: Page,
  designer: Designer,
  property: string,
  source: string,
): Promise<void> {
  const field = designer.field(property)
  await field.getByRole('button', { name: 'Expression' }).click()
  await field.getByRole('textbox').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(source)
  await page.keyboard.press('Escape')
}

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await findViolations(page), colorScheme).toEqual([])
  }
}

function withDefaultData(flow: Flow, defaultData: NonNullable<unknown>): Flow {
  return {
    ...emptyFlow(flow.id, flow.name),
    ...flow,
    nodes: flow.nodes.map((node) =>
      node.id === 'trigger'
        ? { ...node, properties: { ...node.properties, defaultData: defaultData as never } }
        : node,
    ),
  }
}
