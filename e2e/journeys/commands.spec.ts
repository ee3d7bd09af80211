import { expect } from '@playwright/test'
import { chatFlow } from '../src/chat-flow.ts'
import { test } from '../src/journey.ts'
import { storedText, storeFlow } from '../src/stored.ts'

test('the keyboard alone finds commands, nodes and what stands in the flow, and renames a variable', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, chatFlow('commands-by-key')))
  const palette = page.getByRole('combobox', { name: 'Search commands, nodes and flows' })

  await test.step('go to a node, and add one beside it that is wired at once', async () => {
    await page.keyboard.press('Control+k')
    await palette.fill('answer')
    await page.keyboard.press('Enter')
    await expect(designer.node('chat')).toBeFocused()
    await page.keyboard.press('/')
    await palette.fill('set variable')
    await page.keyboard.press('Enter')
    await expect(designer.card('setVariable')).toBeVisible()
    await expect(designer.edges).toHaveCount(3)
  })

  await test.step('say why a command cannot be done, and offer to search the flow instead', async () => {
    await page.keyboard.press('Control+k')
    await palette.fill('redo')
    const redo = page.getByRole('option', { name: /^Redo/ })
    await expect(redo).toBeDisabled()
    await expect(redo).toContainText('There is nothing to redo.')
    await palette.fill('chatCompletionRequest')
    await page.getByRole('option', { name: /^Search “chatCompletionRequest”/ }).click()
  })

  await test.step('step through the hits while the field keeps the keyboard', async () => {
    const field = page.getByRole('searchbox', { name: 'Search in this flow' })
    await expect(field).toHaveValue('chatCompletionRequest')
    await expect(page.getByTestId('search-glow')).toHaveCount(2)
    await field.press('Enter')
    await page.keyboard.press('F3')
    await expect(page.locator('[aria-current="true"]')).toContainText('User prompt')
    await expect(designer.field('userPrompt')).toBeInViewport()
    await expect(field).toBeFocused()
  })

  await test.step('rename the variable with all that refers to it', async () => {
    await page.getByRole('button', { name: 'Rename everywhere…' }).press('Enter')
    const name = page.getByRole('textbox', { name: 'New name of chatCompletionRequest' })
    await name.fill('question')
    await name.press('Enter')
    await designer.save()
    const stored = await storedText(millrace, 'commands-by-key')
    expect(stored).toContain('question.prompt')
    expect(stored).not.toContain('chatCompletionRequest')
  })

  await test.step('look a key up', async () => {
    await page.getByRole('searchbox', { name: 'Search in this flow' }).press('Escape')
    await page.keyboard.press('Control+k')
    await palette.fill('keyboard')
    await page.keyboard.press('Enter')
    const sheet = page.getByRole('dialog', { name: 'Keyboard and mouse' })
    await sheet.getByRole('searchbox', { name: 'Search keys and gestures' }).fill('undo')
    await expect(sheet.locator('dt')).toHaveText(['Undo'])
  })

  await test.step('choose other keys for a command, and give it its own back', async () => {
    const sheet = page.getByRole('dialog', { name: 'Keyboard and mouse' })
    const recorder = sheet.getByRole('button', { name: /“Undo”|^Undo:/ }).first()
    await recorder.press('Enter')
    await page.keyboard.press('Control+s')
    await expect(sheet.getByRole('alert')).toContainText('These keys mean “Save now”.')
    await page.keyboard.press('Escape')
    await expect(recorder).toHaveAccessibleName('Undo: Ctrl+Z')
    await recorder.press('Enter')
    await page.keyboard.press('Control+j')
    await expect(recorder).toHaveAccessibleName('Undo: Ctrl+J')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+j')
    await designer.save()
    expect(await storedText(millrace, 'commands-by-key')).toContain('chatCompletionRequest')

    await page.keyboard.press('Control+k')
    await palette.fill('keyboard')
    await page.keyboard.press('Enter')
    await sheet.getByRole('button', { name: 'Reset all keys' }).press('Enter')
    await expect(sheet.getByRole('button', { name: 'Undo: Ctrl+Z' })).toBeVisible()
  })
})

test('the palette at the left puts a node into an edge, and menus do what their target allows', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, chatFlow('commands-by-mouse')))

  await test.step('drag a node onto an edge', async () => {
    await page.getByRole('button', { name: 'Nodes', exact: true }).click()
    await page.getByRole('searchbox', { name: 'Search nodes' }).fill('wait')
    const from = await designer.port('trigger', 'exec:next').boundingBox()
    const to = await designer.port('chat', 'exec-in').boundingBox()
    const canvas = page.locator('.react-flow__pane')
    const stage = await canvas.boundingBox()
    if (from === null || to === null || stage === null) throw new Error('No edge is in view.')
    await page.getByRole('button', { name: /^Wait/ }).dragTo(canvas, {
      targetPosition: {
        x: (from.x + to.x + to.width) / 2 - stage.x,
        y: (from.y + to.y + to.height) / 2 - stage.y,
      },
    })
    await expect(designer.card('wait')).toBeVisible()
    await expect(designer.edges).toHaveCount(3)
  })

  await test.step('follow and cut an edge from the menu of a port', async () => {
    await designer.port('chat', 'exec-in').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Go to the other end' }).click()
    await expect(designer.node('wait')).toBeFocused()
    await designer.port('chat', 'exec-in').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Disconnect' }).click()
    await expect(designer.edges).toHaveCount(2)
    await page.keyboard.press('Control+z')
    await expect(designer.edges).toHaveCount(3)
  })

  await test.step('open the menu of a node by key, and give the focus back', async () => {
    await designer.node('wait').focus()
    await page.keyboard.press('Shift+F10')
    await expect(page.getByRole('menuitem', { name: /^Duplicate/ })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(designer.node('wait')).toBeFocused()
  })

  await test.step('open the menu of the canvas, or of what is selected, where no node has the focus', async () => {
    await page.keyboard.press('Escape')
    await designer.node('wait').blur()
    await page.keyboard.press('ContextMenu')
    await expect(page.getByRole('menuitem', { name: /^Search in this flow/ })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toBeHidden()
    await designer.select('wait')
    await designer.node('wait').blur()
    await page.keyboard.press('Shift+F10')
    await expect(page.getByRole('menuitem', { name: /^Duplicate/ })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toBeHidden()
  })
})
