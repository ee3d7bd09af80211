import { defineConfig } from 'tsdown'

const nodes = '../../packages/nodes/src'

/** Packages that read files of their own, which lie beside their code. */
const withFiles = /^@(?:energetic-ai|electric-sql)\//

export default defineConfig({
  // Every file that Node.js starts by itself: the server, and the worker threads, which `workerFile`
  // finds beside the code that starts them.
  entry: {
    main: 'src/main.ts',
    'run-log-worker': 'src/run-log-worker.ts',
    'demo-embedder-worker.server': `${nodes}/demo/demo-embedder-worker.server.ts`,
    'sandbox-worker.server': `${nodes}/sandbox/sandbox-worker.server.ts`,
    'cluster-worker.server': `${nodes}/postgres/embedded/cluster-worker.server.ts`,
  },
  // Read at the first use of the embedded database, beside the code that looks for it.
  copy: [{ from: '../../packages/nodes/dist/embedded-postgres.tar.gz', to: 'dist' }],
  format: 'esm',
  platform: 'node',
  target: 'node22.18',
  fixedExtension: false,
  dts: false,
  sourcemap: true,
  // One bundle with all it needs: it starts faster. What stays outside is a dependency of this package.
  deps: { alwaysBundle: (id) => !withFiles.test(id), neverBundle: withFiles, onlyBundle: false },
})
