// Builds the page, then the widget into the same directory.
import { join } from 'node:path'
import { build } from 'vite'

for (const config of ['vite.config.ts', 'widget.config.ts']) {
  await build({ configFile: join(import.meta.dirname, config) })
}
