import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    projects: [
      {
        test: {
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
          name: 'millrace',
          globalSetup: ['packages/nodes/src/testing/empty-cluster.server.ts'],
          include: [
            'packages/*/src/**/*.test.ts',
            'apps/{cli,server}/src/**/*.test.ts',
            'scripts/**/*.test.ts',
            'e2e/src/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
        },
      },
    ],
  },
})
