import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { chunkOfDesigner } from './chunk-of-designer.ts'
import { packAssets } from '../../scripts/pack-assets.ts'

// The server that `pnpm dev` starts beside it, on the port that it was told.
const server = `http://127.0.0.1:${process.env['MILLRACE_PORT'] ?? '4400'}`
const proxy = {
  '/api': { target: server, ws: true },
  '/v1': { target: server },
  '/openapi.json': { target: server },
}

export default defineConfig({
  // The server writes the addresses of the page for where it is.
  base: './',
  plugins: [react(), standIn(), withoutJsonSchema(), packAssets()],
  server: { proxy },
  preview: { proxy },
  // Fonts and pictures stay files: the content security policy allows no data: addresses.
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        banner: withoutEval,
        codeSplitting: {
          groups: [
            { name: chunkOfDesigner(), includeDependenciesRecursively: false },
            {
              // Each icon that several parts share would be a request of its own for a few bytes.
              name: 'icons',
              test: /\/lucide-react\/dist\/esm\/icons\//,
              entriesAware: true,
              entriesAwareMergeThreshold: 4000,
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
})

/** Zod tries `new Function` when it is loaded, which the policy forbids and the browser reports. */
function withoutEval({ moduleIds }: { readonly moduleIds: readonly string[] }): string {
  const holdsZod = moduleIds.some((id) => id.includes('/zod/'))
  return holdsZod ? 'globalThis.__zod_globalConfig = { jitless: true };' : ''
}

const source = join(import.meta.dirname, 'src')

/** What the built editor has in place of something heavy, which it fetches on demand, or not at all. */
const standIns: readonly {
  readonly isMeant: (source: string, importer: string) => boolean
  readonly file: string
}[] = [
  {
    // Decision 0035.
    isMeant: (id) => id === 're2js',
    file: join(source, 'patterns/re2js-on-demand.ts'),
  },
  {
    // Decision 0037.
    isMeant: (id, importer) =>
      id === './expression.ts' && importer.endsWith(`/packages/flow/src/${basename(importer)}`),
    file: join(source, 'expressions/expressions-on-demand.ts'),
  },
  {
    // Decision 0050.
    isMeant: (id) => id === 'd3-color',
    file: join(import.meta.dirname, 'no-colours.ts'),
  },
]

function standIn(): Plugin {
  return {
    name: 'millrace:stand-in',
    apply: 'build',
    enforce: 'pre',
    resolveId(id, importer = '') {
      const found = standIns.find(({ isMeant }) => isMeant(id, importer))
      return importer === found?.file ? undefined : found?.file
    },
  }
}

/**
 * Zod writes JSON Schema of what it checks, which only the server asks it for: a fifth of what the
 * editor would fetch of it. In its place stands what says so.
 */
function withoutJsonSchema(): Plugin {
  const id = '\0no-json-schema'
  let importer = ''
  return {
    name: 'millrace:without-json-schema',
    apply: 'build',
    enforce: 'pre',
    resolveId(wanted, from = '') {
      const isMeant = /\/(?:to-json-schema|json-schema-processors)\.js$/.test(wanted)
      if (!isMeant || !from.endsWith('/zod/v4/classic/schemas.js')) return undefined
      importer = from
      return id
    },
    async load(loaded) {
      if (loaded !== id) return undefined
      const code = await readFile(importer, 'utf8')
      const used = [...code.matchAll(/processors\.(\w+)|\b(create\w+Method)\b/g)]
      const names = new Set(used.flatMap(([, processor, method]) => processor ?? method ?? []))
      return [
        `const refuse = () => { throw new Error('The editor writes no JSON Schema.') }`,
        ...[...names].map((name) => `export const ${name} = () => refuse`),
      ].join('\n')
    },
  }
}
