// Measures the canvas of the built editor in a Chromium without a graphics card:
//
//   pnpm bench:canvas [--sizes 100,500,2000]
//
// How long flows of three sizes take to open, the frames per second of panning, zooming and dragging,
// and the main thread's CPU time for each keystroke in a property. Read what it says beside what
// else the machine does meanwhile; what is drawn is counted in journeys/large-flow.spec.ts.

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

  await designer.select('chat0')
  const field = designer.field('systemPrompt').getByRole('textbox')
  await field.click()
  const keyMs = await cpuMs(page, () => field.pressSequentially(keys))

  let turns = 0
  const box = await designer.card('trigger').boundingBox()
  const [x, y] = box === null ? [0, 0] : [box.x + 40, box.y + 12]
  await page.mouse.move(x, y)
  await page.mouse.down()
  const drag = await framesPerSecond(page, () =>
    page.mouse.move(x + ((turns += 4) % 200), y + (turns % 120)),
  )
  await page.mouse.up()

  await page.mouse.move(500, 400)
  const pan = await framesPerSecond(page, () => page.mouse.wheel(12, 24))
  await page.keyboard.down('Control')
  const zoom = await framesPerSecond(page, () =>
    page.mouse.wheel(0, (turns += 1) % 30 < 15 ? 20 : -20),
  )
  await page.keyboard.up('Control')
  await page.close()
  console.log(
    [
      `${size} nodes: open ${Math.round(openMs)} ms`,
      `keystroke ${(keyMs / keys.length).toFixed(1)} ms`,
      `pan ${pan}, zoom ${zoom}, drag ${drag} frames/s`,
    ].join(' · '),
  )
}

/** Does something again and again for two seconds, and counts the frames that are drawn meanwhile. */
async function framesPerSecond(page: Page, act: () => Promise<void>): Promise<number> {
  const counting = page.evaluate(
    (ms) =>
      new Promise<number>((resolve) => {
        const startedAt = performance.now()
        let frames = 0
        const count = (now: number) => {
          frames += 1
          if (now - startedAt < ms) requestAnimationFrame(count)
          else resolve((frames * 1000) / (now - startedAt))
        }
        requestAnimationFrame(count)
      }),
    2000,
  )
  const until = performance.now() + 2000
  while (performance.now() < until) await act()
  return Math.round(await counting)
}

/** The CPU time that the main thread spent meanwhile, in ms: it does not count what others take. */
async function cpuMs(page: Page, act: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
  }
  const before = await read()
  await act()
  return (await read()) - before
}
