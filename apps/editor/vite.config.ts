import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { packAssets } from './pack-assets.ts'

// The server that `pnpm dev` starts beside it, on the port that it was told.
const server = `http://127.0.0.1:${process.env['MILLRACE_PORT'] ?? '4400'}`

export default defineConfig({
  plugins: [react(), patternsOnDemand(), packAssets()],
  server: { proxy: { '/api': { target: server, ws: true } } },
  preview: { proxy: { '/api': { target: server, ws: true } } },
  // Fonts and pictures stay files: the content security policy allows no data: addresses.
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { output: { banner: withoutEval } },
  },
})

/** Zod tries `new Function` when it is loaded, which the policy forbids and the browser reports. */
function withoutEval({ moduleIds }: { readonly moduleIds: readonly string[] }): string {
  const holdsZod = moduleIds.some((id) => id.includes('/zod/'))
  return holdsZod ? 'globalThis.__zod_globalConfig = { jitless: true };' : ''
}

/** Decision 0035. */
function patternsOnDemand(): Plugin {
  const standIn = join(import.meta.dirname, 'src/patterns/re2js-on-demand.ts')
  return {
    name: 'millrace:patterns-on-demand',
    apply: 'build',
    enforce: 'pre',
    resolveId: (source, importer) =>
      source === 're2js' && importer !== standIn ? standIn : undefined,
  }
}
