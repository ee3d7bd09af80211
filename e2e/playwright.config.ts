import { defineConfig, devices } from '@playwright/test'
import { findChromium } from './src/find-chromium.ts'

const chromium = findChromium()
if (chromium === undefined) {
  throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH to its executable.')
}

export default defineConfig({
  testDir: 'journeys',
  outputDir: 'test-results',
  // Each has a server and a data directory of its own, and waits about as long as it works. What
  // measures time is tagged `@alone`: `pnpm test` and `pnpm test:e2e` run it after the others.
  workers: 2,
  // Only what fails takes as long: a busy machine is to find no fault that is not there.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    ...devices['Desktop Chrome'],
    // What cannot be done in so long never can: the error then names it.
    actionTimeout: 30_000,
    // The view then stands still as soon as it moved.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    // It costs a quarter of the time, and nobody is there to look at the traces of CI.
    trace: process.env['CI'] === undefined ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
