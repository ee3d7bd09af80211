import { defineConfig } from 'tsdown'

export default defineConfig({
  // Every file that Node.js starts by itself: the server, and the worker threads, which `workerFile`
  // finds beside it.
  entry: ['src/main.ts', 'src/run-log-worker.ts'],
  format: 'esm',
  platform: 'node',
  target: 'node22.18',
  fixedExtension: false,
  dts: false,
  sourcemap: true,
  // One bundle with all it needs: it starts faster, and it runs without node_modules.
  deps: { alwaysBundle: [/./], onlyBundle: false },
})
