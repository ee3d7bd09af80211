import { expect } from '@playwright/test'
import { emptyFlow, type Flow } from '@millrace/flow'
import { findViolations } from '../src/find-violations.ts'
import { test } from '../src/journey.ts'
import { storedText, storeFlow } from '../src/stored.ts'

function startedBy(id: string, type: string): Flow {
  return {
    ...emptyFlow(id, id),
    nodes: [{ id: 'trigger', type }],
    layout: { nodes: { trigger: [0, 0] } },
  }
}

test('a flow is put on the clock, which says what that means, and what is wrong', async ({
  page,
  millrace,
  designer,
}) => {
  await designer.open(await storeFlow(millrace, startedBy('on-the-clock', 'schedule.trigger')))
  await designer.select('trigger')
  const field = designer.field('schedule')

  await test.step('start with a proposal', async () => {
    await field.getByRole('button', { name: 'on weekdays', exact: true }).click()
    await expect(field).toContainText('At 09:00, Monday through Friday')
    await expect(field.getByRole('list', { name: 'Next runs' }).getByRole('listitem')).toHaveCount(
      3,
    )
  })

  await test.step('be told what is wrong at the field', async () => {
    const cron = field.getByRole('textbox')
    await cron.fill('0 25 * * *')
    await expect(field).toContainText('has the hour "25"')
    await expect(cron).toHaveAttribute('aria-invalid', 'true')
    await expect(field.getByRole('list', { name: 'Next runs' })).toBeHidden()
    await cron.fill('0 9 31 2 *')
    await expect(field).toContainText('never comes')
    await expect(field).not.toContainText('At 09:00')
    await cron.fill('30 6 * * *')
    await field.getByRole('combobox', { name: 'Time zone' }).fill('Mars/Olympus')
    await expect(field).toContainText('has the time zone "Mars/Olympus", which nobody knows')
    // While zones are proposed, nothing else is there for a screen reader.
    const expression = field.getByPlaceholder('0 9 * * 1-5')
    await expect(expression).not.toHaveAttribute('aria-invalid', 'true')
    await field.getByRole('combobox', { name: 'Time zone' }).fill('Europe/Berlin')
    await page.keyboard.press('Escape')
    await expect(field).toContainText('At 06:30')
    expect(await findViolations(page)).toEqual([])
  })

  await test.step('see the server take it over once it is saved', async () => {
    await expect(field).toContainText(/The saved flow starts next on .*, your time/)
    await expect
      .poll(() => storedText(millrace, 'on-the-clock'))
      .toMatch(/"cron": "30 6 \* \* \*",\s+"timeZone": "Europe\/Berlin"/)
  })
})

test('a chat names the flow that takes feedback on its answers', async ({
  page,
  millrace,
  designer,
}) => {
  await storeFlow(millrace, startedBy('takes-votes', 'chat.feedbackTrigger'))
  await designer.open(await storeFlow(millrace, startedBy('gets-votes', 'chat.trigger')))
  await page.getByRole('combobox', { name: 'Feedback flow' }).click()
  await page.getByRole('option', { name: 'takes-votes' }).click()
  await expect(page.getByRole('link', { name: 'Open flow' })).toBeVisible()
  await expect
    .poll(() => storedText(millrace, 'gets-votes'))
    .toContain('"feedbackFlow": "takes-votes"')
})
