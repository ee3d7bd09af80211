import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type Page } from '@playwright/test'
import { findChromium } from '../find-chromium.ts'
import { fakeApi, type FakeServer } from './fake-api.ts'
import { sampleConnections, sampleFlows, scenes, type Scene } from './scenes.ts'
import { servePages, type BuiltPages } from './serve-pages.ts'

export interface ShotOptions {
  readonly built: BuiltPages
  readonly into: string
  /** Only scenes whose name holds one of these; all when empty. */
  readonly words: readonly string[]
  /** Windows of these sizes. */
  readonly sizes: readonly WindowSize[]
  readonly isLightOnly: boolean
}

interface Look {
  readonly theme: 'light' | 'dark'
  readonly size: WindowSize
}

/** `zoomed` is a laptop at 200 %, `small` as wide as a phone: nothing may be lost in either. */
const windows = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 900, height: 700 },
  zoomed: { width: 720, height: 450 },
  small: { width: 420, height: 760 },
  tiny: { width: 320, height: 640 },
} as const

export type WindowSize = keyof typeof windows

/** Those that are given; wide and narrow when none is. */
export function windowSizes(names: readonly string[]): readonly WindowSize[] {
  const all = Object.keys(windows) as readonly WindowSize[] // the keys of the table above
  const given = all.filter((size) => names.includes(size))
  return given.length === 0 ? ['wide', 'narrow'] : given
}

/** Takes the pictures; gives how many complaints the browser and axe had, each of them printed. */
export async function takeShots(options: ShotOptions): Promise<number> {
  const executablePath = findChromium()
  await mkdir(options.into, { recursive: true })
  await using pages = await servePages(options.built)
  await using browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--force-color-profile=srgb', '--font-render-hinting=none'],
  })
  const { words } = options
  const wanted = scenes.filter(
    ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
  )
  let complaints = 0
  for (const scene of wanted) {
    for (const look of looksOf(options)) {
      const found = await takeShot({ browser, url: pages.origin, scene, look, into: options.into })
      for (const complaint of found) console.log(`${nameOf(scene, look)}: ${complaint}`)
      complaints += found.length
    }
  }
  console.log(`${wanted.length} scenes in ${options.into}, ${complaints} complaints.`)
  return complaints
}

function looksOf({ isLightOnly, sizes }: ShotOptions): readonly Look[] {
  const themes = isLightOnly ? (['light'] as const) : (['light', 'dark'] as const)
  return themes.flatMap((theme) => sizes.map((size) => ({ theme, size })))
}

function nameOf({ name }: Scene, { theme, size }: Look): string {
  return `${name}.${size}.${theme}`
}

interface Shot {
  readonly browser: Browser
  readonly url: string
  readonly scene: Scene
  readonly look: Look
  readonly into: string
}

async function takeShot({ browser, url, scene, look, into }: Shot): Promise<readonly string[]> {
  const context = await browser.newContext({
    viewport: windows[look.size],
    colorScheme: look.theme,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && scene.isNoisy !== true)
      complaints.push(message.text().split('\n')[0] ?? '')
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  try {
    const server: FakeServer = {
      flows: sampleFlows,
      connections: sampleConnections,
      isUp: true,
      ...scene.server,
    }
    await fakeApi(page, server)
    await page.addInitScript((stored) => {
      for (const [key, value] of Object.entries(stored)) localStorage.setItem(key, value)
    }, scene.storage ?? {})
    page.setDefaultTimeout(5000)
    await page.goto(url + scene.path)
    await settle(page)
    await scene.act?.(page, server)
    await settle(page)
    complaints.push(...(await axeComplaints(page)), ...(await reflowComplaints(page)))
  } catch (error) {
    complaints.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  } finally {
    await page.screenshot({ path: join(into, `${nameOf(scene, look)}.png`) })
    await context.close()
  }
  return complaints
}

/** Until fonts are there and what appears has appeared. */
async function settle(page: Page): Promise<void> {
  await page.locator('#root > *').first().waitFor()
  await page.evaluate('document.fonts.ready')
  await page.waitForTimeout(350)
}

/** Nobody scrolls a page both ways to read it. */
async function reflowComplaints(page: Page): Promise<readonly string[]> {
  const extra = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  return extra > 0 ? [`the page is ${extra} pixels wider than its window`] : []
}

async function axeComplaints(page: Page): Promise<readonly string[]> {
  // Base UI's focus guards are meant to be focused, and popups stand outside of landmarks.
  const axe = new AxeBuilder({ page })
    .exclude('[data-base-ui-focus-guard]')
    .options({ rules: { 'target-size': { enabled: true } } })
  const hasPortal = (await page.locator('[data-base-ui-portal], .cm-tooltip').count()) > 0
  if (hasPortal) axe.disableRules(['region'])
  const { violations } = await axe.analyze()
  return violations.map(
    ({ id, help, nodes }) =>
      `axe ${id}: ${help} (${nodes
        .map(({ html }) => html.slice(0, 90))
        .slice(0, 3)
        .join(' | ')})`,
  )
}
