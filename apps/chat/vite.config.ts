import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { packAssets } from '../../scripts/pack-assets.ts'

/** The chat page. Its policy allows no data: addresses, so that fonts stay files. */
export default defineConfig({
  // The server writes the addresses of the page for where it is.
  base: './',
  plugins: [react(), packAssets()],
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
})
