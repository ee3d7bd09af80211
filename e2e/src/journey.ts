import { test as base } from '@playwright/test'
import { Designer } from './designer.ts'
import { startMillrace, type MillraceServer } from './millrace-server.ts'

interface Journey {
  readonly designer: Designer
}

interface World {
  /** One server for all journeys of a worker that leave it running: each has flows of its own. */
  readonly millrace: MillraceServer
}

/** Playwright's `test`, with a designer on a running server. */
export const test = base.extend<Journey, World>({
  millrace: [
    // Playwright reads what a fixture needs from its first parameter, which must be a pattern.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      await using millrace = await startMillrace()
      await use(millrace)
    },
    { scope: 'worker' },
  ],
  designer: ({ page }, use) => use(new Designer(page)),
})
