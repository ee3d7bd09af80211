import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, type Page } from '@playwright/test'
import { startFakeModelServer, textAnswer } from '../src/fake-model-server.ts'
import { test } from '../src/journey.ts'
import { largeFlow } from '../src/large-flow.ts'
import { storeConnection, storeFlow } from '../src/stored.ts'

const built = join(import.meta.dirname, '../../apps/editor/dist')
const words = Array.from({ length: 50 }, (_, index) => `word${index}`).join(' ')
/** It says all of them and waits, so that the run stays at the first model. */
const answer = textAnswer(words, {
  pause: { afterTokens: 50, until: new Promise(() => undefined) },
})
const edgesOfChat0 = new Set([
  'trigger exec:next',
  'chat0 exec:forEachMessage',
  'chat0 exec:continue',
])

test('a flow of 500 nodes draws what is in view, and anew only what changes', async ({
  page,
  millrace,
  designer,
}) => {
  await using provider = await startFakeModelServer({ models: { 'fake-1': answer } })
  await storeConnection(millrace, { id: 'large', name: 'Large', baseUrl: provider.url })
  await countDrawings(page)
  await designer.open(
    await storeFlow(millrace, largeFlow({ id: 'large', size: 500, connection: 'large' })),
  )
  await expect(designer.problemCount).toContainText('none')

  // Opening: what is in view, each once for itself and once for its place in the window.
  const shown = await page.locator('.react-flow__node').count()
  expect(shown).toBeGreaterThan(2)
  expect(shown).toBeLessThan(30)
  const opened = await drawings(page)
  expect(Object.keys(opened.card).length).toBeLessThan(40)
  expect(Math.max(...Object.values(opened.card))).toBeLessThanOrEqual(2)

  await designer.select('chat0')
  await expect(designer.field('userPrompt')).toBeVisible()
  const selecting = await drawings(page)
  expect(Object.keys(selecting.card)).toEqual(['chat0'])

  // Typing: the document is checked when it rests, and only the card of the field is drawn.
  const field = designer.field('systemPrompt').getByRole('textbox')
  await field.click()
  await drawings(page)
  const typed = 'Be brief.'
  await field.pressSequentially(typed)
  await expect(designer.savedState).toHaveText('Saved')
  const typing = await drawings(page)
  expect(Object.keys(typing.card).filter((id) => id !== 'chat0')).toEqual([])
  expect(Object.keys(typing.edge).filter((id) => !edgesOfChat0.has(id))).toEqual([])
  // Of the form only this field, and the template, which tells what the model would get.
  expect(Object.keys(typing.field).length).toBeLessThanOrEqual(2)
  expect(Math.max(...Object.values(typing.field))).toBeLessThanOrEqual(typed.length + 1)
  // What a button says, not with each key: the bar tells of the first one, and of saving.
  expect(Math.max(0, ...Object.values(typing.tooltip))).toBeLessThan(typed.length / 2)

  // Dragging: one card, and the edges at it.
  await designer.select('say0')
  const box = await designer.card('say0').boundingBox()
  const [x, y] = [(box?.x ?? 0) + 120, (box?.y ?? 0) + 24]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await drawings(page)
  await page.mouse.move(x + 40, y + 80, { steps: 10 })
  const dragging = await drawings(page)
  await page.mouse.up()
  expect(Object.keys(dragging.card).filter((id) => id !== 'say0')).toEqual([])
  expect(dragging.card['say0'] ?? 0).toBeLessThanOrEqual(1)
  expect(Object.keys(dragging.edge).length).toBeLessThanOrEqual(1)

  // Streaming: the pill, the text and the halo of a card are drawn, no card is.
  await designer.ask('Go on')
  await expect(designer.card('say0')).toContainText('×50')
  const streaming = await drawings(page)
  expect(streaming.card).toEqual({})

  // Panning and zooming draw what comes into view.
  await page.mouse.move(500, 400)
  await page.mouse.wheel(0, 300)
  await page.mouse.wheel(300, 0)
  const panning = await drawings(page)
  expect(Math.max(0, ...Object.values(panning.card))).toBeLessThanOrEqual(1)
  expect(await page.locator('.react-flow__node').count()).toBeLessThan(40)
})

test('a flow of 2,000 nodes draws no more of itself, and of a variable that half of it reads the lines in view', async ({
  page,
  millrace,
  designer,
}) => {
  await storeConnection(millrace, { id: 'huge', name: 'Huge', baseUrl: millrace.url })
  await countDrawings(page)
  await designer.open(
    await storeFlow(millrace, largeFlow({ id: 'huge', size: 2000, connection: 'huge' })),
  )
  await expect(designer.problemCount).toContainText('none')
  expect(await page.locator('.react-flow__node').count()).toBeLessThan(30)
  const opened = await drawings(page)
  expect(Math.max(...Object.values(opened.card))).toBeLessThanOrEqual(2)

  // 999 nodes read what the trigger gives.
  await designer.select('trigger')
  await expect(page.getByText(/^9\d\d more$/)).toBeVisible()
  const lines = Object.keys((await drawings(page)).line).length
  expect(lines).toBeGreaterThan(2)
  expect(lines).toBeLessThan(40)

  const box = await designer.card('trigger').boundingBox()
  const [x, y] = [(box?.x ?? 0) + 60, (box?.y ?? 0) + 20]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await drawings(page)
  await page.mouse.move(x + 60, y + 40, { steps: 10 })
  const dragging = await drawings(page)
  await page.mouse.up()
  expect(Object.keys(dragging.card).filter((id) => id !== 'trigger')).toEqual([])
  expect(Object.keys(dragging.edge)).toEqual(['trigger exec:next'])
  expect(Object.keys(dragging.line).length).toBeLessThan(40)

  await designer.select('chat0')
  const field = designer.field('systemPrompt').getByRole('textbox')
  await field.click()
  await drawings(page)
  const typed = 'Be brief.'
  await field.pressSequentially(typed)
  await expect(designer.savedState).toHaveText('Saved')
  const typing = await drawings(page)
  expect(Object.keys(typing.card)).toEqual(['chat0'])
  // Once for each key, once when it is checked, once when it is saved.
  expect(typing.card['chat0']).toBeLessThanOrEqual(typed.length + 2)
  // With the first key the card shows the port, and its exits stand lower.
  expect(Object.keys(typing.edge).filter((id) => !edgesOfChat0.has(id))).toEqual([])
  expect(Math.max(0, ...Object.values(typing.edge))).toBeLessThanOrEqual(2)
  expect(Object.keys(typing.line).length).toBeLessThan(40)
})

/**
 * In kB of gzip: what a page does not need to be seen is fetched on demand, or when the browser
 * rests, as the form beside the canvas is, and what checks expressions where the flow has none.
 */
const budgets = { start: 200, designer: 350 }

test('what a page fetches before it shows stays within its budget', async ({ page, millrace }) => {
  // The browser never gets idle, so nothing is fetched ahead.
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0
  })
  const fetched = new Set<string>()
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.endsWith('.js')) fetched.add(pathname)
  })
  const address = await storeFlow(
    millrace,
    largeFlow({ id: 'budget', size: 4, connection: 'none' }),
  )
  await page.goto(millrace.url)
  await expect(page.getByRole('button', { name: 'New flow', exact: true })).toBeVisible()
  await page.waitForLoadState('networkidle')
  expect(packedKilobytes(fetched)).toBeLessThanOrEqual(budgets.start)

  fetched.clear()
  await page.goto(address)
  await expect(page.locator('.react-flow__node').first()).toBeVisible()
  await page.waitForLoadState('networkidle')
  expect(packedKilobytes(fetched)).toBeLessThanOrEqual(budgets.designer)
})

/** What the files take in gzip, whatever the server sends this browser. */
function packedKilobytes(paths: ReadonlySet<string>): number {
  const files = [...paths].map((path) => join(built, path))
  const bytes = files.map((file) => gzipSync(readFileSync(file), { level: 9 }).length)
  return bytes.reduce((sum, size) => sum + size, 0) / 1000
}

/** How often each of what `countDrawing` is told of was drawn, by id. */
type Drawings = Readonly<Record<Drawn, Readonly<Record<string, number>>>>

type Drawn = 'card' | 'edge' | 'field' | 'line' | 'tooltip'

interface Counted {
  drawings: Record<Drawn, Record<string, number>>
  millraceDrawing: (what: Drawn, id: string) => void
}

async function countDrawings(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counted = window as unknown as Counted // what it lacks is put there below
    counted.drawings = { card: {}, edge: {}, field: {}, line: {}, tooltip: {} }
    counted.millraceDrawing = (what, id) => {
      counted.drawings[what][id] = (counted.drawings[what][id] ?? 0) + 1
    }
  })
}

/** What was drawn since the last call. */
function drawings(page: Page): Promise<Drawings> {
  return page.evaluate(() => {
    const counted = window as unknown as Counted // set by `countDrawings`
    const { drawings: drawn } = counted
    counted.drawings = { card: {}, edge: {}, field: {}, line: {}, tooltip: {} }
    return drawn
  })
}
