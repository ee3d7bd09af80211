// Measures the canvas of the built editor in a Chromium without a graphics card:
//
//   pnpm bench:canvas [--sizes 100,500,2000]
//
// How long flows of three sizes take to open; of panning, zooming and dragging, the frames per second
// and what a frame costs; what a keystroke in a property costs. Costs are CPU time, which does not
// count what else the machine does: first that of the page's main thread, then that of the whole
// browser, which paints without a graphics card. What is drawn is counted in
// journeys/large-flow.spec.ts.

import { parseArgs } from 'node:util'
import { chromium, type Page } from '@playwright/test'
import { Designer } from './designer.ts'
import { findChromium } from './find-chromium.ts'
import { largeFlow } from './large-flow.ts'
import { startMillrace } from './millrace-server.ts'
import { storeConnection, storeFlow } from './stored.ts'

const { values: options } = parseArgs({
  options: { sizes: { type: 'string', default: '100,500,2000' } },
})
const keys = 'Answer in one sentence, and say where you know it from.'

const executablePath = findChromium()
if (executablePath === undefined) {
  throw new Error('No Chromium was found. Set CHROMIUM_PATH to one.')
}
await using millrace = await startMillrace()
await storeConnection(millrace, { id: 'bench', name: 'Bench', baseUrl: millrace.url })
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  for (const size of options.sizes.split(',').map(Number)) await measure(size)
} finally {
  await browser.close()
}

async function measure(size: number): Promise<void> {
  const address = await storeFlow(
    millrace,
    largeFlow({ id: `bench${size}`, size, connection: 'bench' }),
  )
  const page = await browser.newPage({ viewport: { width: 1440, height: 810 } })
  page.setDefaultTimeout(300_000)
  const designer = new Designer(page)
  const startedAt = performance.now()
  await page.goto(address)
  await page.locator('.react-flow__node').first().waitFor()
  const openMs = performance.now() - startedAt
  await page.waitForLoadState('networkidle')

  const meter = await createMeter(page)
  await designer.select('chat0')
  const field = designer.field('systemPrompt').getByRole('textbox')
  await field.click()
  const typing = await meter.costOf(() => field.pressSequentially(keys))

  let turns = 0
  const drag = async (nodeId: string): Promise<Frames> => {
    const box = await designer.card(nodeId).boundingBox()
    const [x, y] = box === null ? [0, 0] : [box.x + 40, box.y + 12]
    await page.mouse.move(x, y)
    await page.mouse.down()
    const frames = await framesOf(page, meter, () =>
      page.mouse.move(x + ((turns += 4) % 200), y + (turns % 120)),
    )
    await page.mouse.up()
    return frames
  }
  // What all others read, with their data lines; then what nobody reads.
  const dragTrigger = await drag('trigger')
  const dragSay = await drag('say0')

  await page.mouse.move(500, 400)
  const pan = await framesOf(page, meter, () => page.mouse.wheel(12, 24))
  await page.keyboard.down('Control')
  const zoom = await framesOf(page, meter, () =>
    page.mouse.wheel(0, (turns += 1) % 30 < 15 ? 20 : -20),
  )
  await page.keyboard.up('Control')
  await page.close()
  console.log(`${size} nodes`)
  console.table({
    open: { ms: Math.round(openMs) },
    keystroke: rounded(typing, keys.length),
    'drag what all read': framed(dragTrigger),
    'drag another': framed(dragSay),
    pan: framed(pan),
    zoom: framed(zoom),
  })
}

/** CPU time in ms. */
interface Cost {
  readonly main: number
  readonly browser: number
}

interface Frames {
  readonly perSecond: number
  readonly count: number
  readonly cost: Cost
}

function framed({ perSecond, count, cost }: Frames) {
  return { 'frames/s': Math.round(perSecond), ...rounded(cost, count) }
}

function rounded({ main, browser }: Cost, count: number) {
  const each = (ms: number) => Number((ms / count).toFixed(1))
  return { 'main thread ms': each(main), 'browser ms': each(browser) }
}

/** Does something again and again for two seconds, and counts the frames that are drawn meanwhile. */
async function framesOf(page: Page, meter: Meter, act: () => Promise<void>): Promise<Frames> {
  let frames = { count: 0, perSecond: 0 }
  const cost = await meter.costOf(async () => {
    const counting = page.evaluate(
      (ms) =>
        new Promise<typeof frames>((resolve) => {
          const startedAt = performance.now()
          let count = 0
          const next = (now: number) => {
            count += 1
            if (now - startedAt < ms) requestAnimationFrame(next)
            else resolve({ count, perSecond: (count * 1000) / (now - startedAt) })
          }
          requestAnimationFrame(next)
        }),
      2000,
    )
    const until = performance.now() + 2000
    while (performance.now() < until) await act()
    frames = await counting
  })
  return { ...frames, cost }
}

interface Meter {
  /** The CPU time that is spent meanwhile. */
  costOf(act: () => Promise<void>): Promise<Cost>
}

async function createMeter(page: Page): Promise<Meter> {
  const ofPage = await page.context().newCDPSession(page)
  await ofPage.send('Performance.enable', { timeDomain: 'threadTicks' })
  const ofBrowser = await browser.newBrowserCDPSession()
  const read = async (): Promise<Cost> => {
    const { metrics } = await ofPage.send('Performance.getMetrics')
    const { processInfo } = await ofBrowser.send('SystemInfo.getProcessInfo')
    return {
      main: (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000,
      browser: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0) * 1000,
    }
  }
  return {
    async costOf(act) {
      const before = await read()
      await act()
      const after = await read()
      return { main: after.main - before.main, browser: after.browser - before.browser }
    },
  }
}
