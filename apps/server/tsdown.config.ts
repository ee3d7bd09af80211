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
 * Writes characters beyond ASCII as escapes: a single one of them makes all of its file take twice
 * the memory, for as long as the process lives.
 */
const narrowCode: NonNullable<UserConfig['plugins']> = {
  name: 'narrow-code',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue
      // Behind a backslash an escape would be none.
      const escaped = /\\[\u0080-\uFFFF].{0,40}/.exec(file.code)?.[0]
      if (escaped !== undefined) throw new Error(`${file.fileName} holds ${escaped}`)
      file.code = file.code.replaceAll(/[\u0080-\uFFFF]/g, (wide) => {
        return `\\u${wide.charCodeAt(0).toString(16).padStart(4, '0')}`
      })
    }
  },
}

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
  plugins: narrowCode,
  deps: { alwaysBundle: (id) => !withFiles.test(id), neverBundle: withFiles, onlyBundle: false },
} satisfies UserConfig

export default defineConfig({
  ...oneBundle,
  entry: { main: 'src/main.ts', ...workers },
  copy: [packedCluster],
})
