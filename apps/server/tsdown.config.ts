import { defineConfig, type UserConfig } from 'tsdown'

const nodes = '../../packages/nodes'

/** Packages that read files of their own, which lie beside their code. */
const withFiles = /^@(?:energetic-ai|electric-sql)\//

/**
 * Every file that Node.js starts by itself beside the server: the worker threads, which `workerFile`
 * finds beside the code that starts them.
 */
export const workers = {
  'run-log-worker': '../server/src/run-log-worker.ts',
  'demo-embedder-worker.server': `${nodes}/src/demo/demo-embedder-worker.server.ts`,
  'sandbox-worker.server': `${nodes}/src/sandbox/sandbox-worker.server.ts`,
  'cluster-worker.server': `${nodes}/src/postgres/embedded/cluster-worker.server.ts`,
}

/** Read at the first use of the embedded database, beside the code that looks for it. */
export const packedCluster = { from: `${nodes}/dist/embedded-postgres.tar.gz`, to: 'dist' }

/**
 * One bundle with all it needs: it starts faster. What stays outside is a dependency of the package.
 */
export const oneBundle = {
  format: 'esm',
  platform: 'node',
  target: 'node22.18',
  fixedExtension: false,
  dts: false,
  sourcemap: true,
  deps: { alwaysBundle: (id) => !withFiles.test(id), neverBundle: withFiles, onlyBundle: false },
} satisfies UserConfig

export default defineConfig({
  ...oneBundle,
  entry: { main: 'src/main.ts', ...workers },
  copy: [packedCluster],
})
