import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What axe finds in the page that keeps people out: one line for each rule, with where it is broken. */
export async function findViolations(page: Page): Promise<readonly string[]> {
  // A transition takes a frame however short it is, and colours are read in the middle of it.
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  )
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    // Else it opens a page of its own for what frames say, which takes longer than the rest.
    .setLegacyMode()
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const places = nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`)
      return `${id}: ${help}\n  ${places.join('\n  ')}`
    })
}
