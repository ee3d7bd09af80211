import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    globalSetup: ['packages/nodes/src/testing/empty-cluster.server.ts'],
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.{ts,tsx}',
      'scripts/**/*.test.ts',
      'e2e/src/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
  },
})
