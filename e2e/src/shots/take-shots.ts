import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type Page } from '@playwright/test'
import { findChromium } from '../find-chromium.ts'
import { fakeApi, type FakeServer } from './fake-api.ts'
import { sampleConnections, sampleFlows, scenes, type Scene } from './scenes.ts'
import { serveEditor } from './serve-editor.ts'

export interface ShotOptions {
  /** The built editor. */
  readonly dist: string
  readonly into: string
  /** Only scenes whose name holds one of these; all when empty. */
  readonly words: readonly string[]
  readonly isWideOnly: boolean
  readonly isLightOnly: boolean
}

interface Look {
  readonly theme: 'light' | 'dark'
  readonly size: 'wide' | 'narrow'
}

const sizes = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 960, height: 700 },
}

/** Takes the pictures; gives how many complaints the browser and axe had, each of them printed. */
export async function takeShots(options: ShotOptions): Promise<number> {
  const executablePath = findChromium()
  await mkdir(options.into, { recursive: true })
  await using editor = await serveEditor(options.dist)
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
      const found = await takeShot({ browser, url: editor.url, scene, look, into: options.into })
      for (const complaint of found) console.log(`${nameOf(scene, look)}: ${complaint}`)
      complaints += found.length
    }
  }
  console.log(`${wanted.length} scenes in ${options.into}, ${complaints} complaints.`)
  return complaints
}

function looksOf({ isLightOnly, isWideOnly }: ShotOptions): readonly Look[] {
  const themes = isLightOnly ? (['light'] as const) : (['light', 'dark'] as const)
  const widths = isWideOnly ? (['wide'] as const) : (['wide', 'narrow'] as const)
  return themes.flatMap((theme) => widths.map((size) => ({ theme, size })))
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
    viewport: sizes[look.size],
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
    complaints.push(...(await axeComplaints(page)))
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

async function axeComplaints(page: Page): Promise<readonly string[]> {
  // Base UI's focus guards are meant to be focused, and popups stand outside of landmarks.
  const axe = new AxeBuilder({ page }).exclude('[data-base-ui-focus-guard]')
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
