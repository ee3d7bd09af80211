import { defineConfig } from 'tsdown'

export default defineConfig({
  // Every file that Node.js starts by itself: the server, and each worker thread. A worker lies
  // beside the file that starts it, under a name of its own, since all entries end up in dist/.
  entry: ['src/main.ts'],
  format: 'esm',
  platform: 'node',
  target: 'node22.18',
  fixedExtension: false,
  dts: false,
  sourcemap: true,
  // One bundle with all it needs: it starts faster, and it runs without node_modules.
  deps: { alwaysBundle: [/./], onlyBundle: false },
})
