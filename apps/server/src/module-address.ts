import { readFileSync } from 'node:fs'
import { createRequire, findPackageJSON } from 'node:module'
import { isAbsolute, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isRecord } from '@millrace/flow'

/**
 * The URL of a module, by the name of its package as it is found from a directory, or by its path.
 * Throws what Node.js says when it finds none.
 */
export function moduleAddress(name: string, directory: string): string {
  if (name.startsWith('file:')) return name
  if (name.startsWith('.') || isAbsolute(name)) return pathToFileURL(resolve(directory, name)).href
  const base = join(directory, 'package.json')
  return importedMain(name, base) ?? pathToFileURL(createRequire(base).resolve(name)).href
}

/** What the `exports` of a package give to `import`: `require` finds another, or none where that is all. */
function importedMain(name: string, base: string): string | undefined {
  let manifest: string | undefined
  try {
    manifest = findPackageJSON(name, pathToFileURL(base))
  } catch {
    return undefined
  }
  if (manifest === undefined) return undefined
  const content: unknown = JSON.parse(readFileSync(manifest, 'utf8'))
  const { name: own, exports } = isRecord(content) ? content : {}
  if (own !== name) return undefined
  const main = isRecord(exports) && '.' in exports ? exports['.'] : exports
  const target = targetOf(main)
  return target === undefined ? undefined : new URL(target, pathToFileURL(manifest)).href
}

const conditions = new Set(['node', 'import', 'module-sync', 'default'])

/** The first that fits, as Node.js takes it: the order is that of the package. */
function targetOf(exported: unknown): string | undefined {
  if (typeof exported === 'string') return exported
  if (!isRecord(exported)) return undefined
  for (const [condition, target] of Object.entries(exported)) {
    const found = conditions.has(condition) ? targetOf(target) : undefined
    if (found !== undefined) return found
  }
  return undefined
}
