#!/usr/bin/env node
import manifest from '../package.json' with { type: 'json' }
import { refusedNode } from './node-version.ts'

// The rest is loaded after: an older Node.js fails at what it imports, with a stack alone.
const refusal = refusedNode(process.versions.node, manifest.engines.node)
if (refusal === undefined) {
  await import('./main.ts')
} else {
  console.error(refusal)
  process.exitCode = 1
}
