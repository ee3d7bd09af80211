import { defineConfig } from 'tsdown'
import { oneBundle, packedCluster, workers } from '../server/tsdown.config.ts'

/** What `npx millrace` runs: the command and the server in one, the editor and the chat beside it. */
export default defineConfig({
  ...oneBundle,
  // What a map names is not in the package.
  sourcemap: false,
  entry: { millrace: 'src/millrace.ts', ...workers },
  copy: [
    packedCluster,
    { from: '../editor/dist', to: 'dist', rename: 'editor' },
    { from: '../chat/dist', to: 'dist', rename: 'chat' },
  ],
})
