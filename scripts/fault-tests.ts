import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './tool.ts'

/** The tests that docs/faults.md links, each once, as paths from the root. */
export function faultTests(): readonly string[] {
  const page = readFileSync(join(root, 'docs/faults.md'), 'utf8')
  const links = page.matchAll(/\]\(\.\.\/([^)]+\.test\.ts)\)/g)
  return [...new Set(Array.from(links, ([, path = '']) => path))]
}
