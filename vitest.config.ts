import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Its modules hold on to the clock that they see first. */
const ownClock = 'packages/nodes/src/openai/streaming-chat-completion/connect-clock.test.ts'

const shared = {
  // Loading what a file imports takes far longer than most files' tests: a worker keeps it.
  isolate: false,
  // Two workers on two busy cores: only what hangs takes as long.
  testTimeout: 20_000,
  hookTimeout: 30_000,
  // A second, as Vitest has it, is less than a busy core may keep a worker waiting.
  expect: { poll: { timeout: 15_000 } },
}

export default defineConfig({
  test: {
    environment: 'node',
    // Left alone, Vitest would keep one of two cores for itself, which hardly uses it.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          ...shared,
          name: 'editor',
          include: ['apps/editor/src/**/*.test.{ts,tsx}'],
          setupFiles: [
            'apps/editor/src/testing/memory-storage.ts',
            'apps/editor/src/testing/our-nodes.ts',
          ],
        },
      },
      {
        test: {
          ...shared,
          name: 'packages',
          globalSetup: ['packages/nodes/src/testing/empty-cluster.server.ts'],
          include: ['packages/*/src/**/*.test.ts', 'apps/{chat,server}/src/**/*.test.ts'],
          exclude: [ownClock],
        },
      },
      {
        test: {
          ...shared,
          name: 'processes',
          // Commands and what they start: each file has a process to itself.
          isolate: true,
          globalSetup: ['packages/nodes/src/testing/empty-cluster.server.ts'],
          include: [
            'apps/cli/src/**/*.test.ts',
            'scripts/**/*.test.ts',
            'e2e/src/**/*.test.ts',
            'bench/**/*.test.ts',
            ownClock,
          ],
        },
      },
    ],
  },
})
