import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { packAssets } from '../../scripts/pack-assets.ts'

/** The widget: one classic script with all it needs, its styles too, beside the page's files. */
export default defineConfig({
  plugins: [react(), stylesInside(), packAssets()],
  // Decision 0057: React's own renderer would be nearly half of the file.
  resolve: {
    alias: [
      { find: /^react(?:-dom)?$/, replacement: pathOf('preact/compat') },
      { find: /^react-dom\/client$/, replacement: pathOf('preact/compat/client') },
      { find: /^react\/jsx-runtime$/, replacement: pathOf('preact/jsx-runtime') },
    ],
  },
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    target: 'es2023',
    emptyOutDir: false,
    cssCodeSplit: false,
    lib: {
      entry: 'src/embed.tsx',
      formats: ['iife'],
      name: 'MillraceChat',
      fileName: () => 'embed.js',
    },
  },
})

/** Packages that import React are elsewhere, and do not know of Preact. */
function pathOf(specifier: string): string {
  return fileURLToPath(import.meta.resolve(specifier))
}

/** Puts the style sheet in the place that `embed.tsx` keeps for it. */
function stylesInside(): Plugin {
  return {
    name: 'millrace:styles-inside',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const sheets = Object.values(bundle).filter(({ fileName }) => fileName.endsWith('.css'))
      const text = sheets
        .map((sheet) => (sheet.type === 'asset' ? sheet.source.toString() : ''))
        .join('')
      for (const { fileName } of sheets) delete bundle[fileName]
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        chunk.code = chunk.code.replace(/(["'`])__CHAT_STYLES__\1/, () => JSON.stringify(text))
      }
    },
  }
}
