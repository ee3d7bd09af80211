import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './tool.ts'

const lockFile = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')
const workspace = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
const manifests = globSync('{.,packages/*,apps/*,examples/*,e2e,bench,bench/peers}/package.json', {
  cwd: root,
})

describe('what is installed', () => {
  it('is known by its hash, each of it', () => {
    const [, packages = ''] = lockFile.split(/^packages:$/m)
    const [listed = ''] = packages.split(/^snapshots:$/m)
    const entries = listed.split(/\n(?= {2}\S)/).filter((entry) => entry.trim() !== '')
    expect(entries.length).toBeGreaterThan(100)
    const unknown = entries.filter(
      (entry) => !/resolution: \{integrity: sha512-[\w+/=]+\}/.test(entry),
    )
    expect(unknown).toEqual([])
  })

  it('comes from the registry alone, and not from an address or a repository', () => {
    expect(lockFile).not.toMatch(/\b(?:tarball|repo|directory): |git\+|https?:\/\//)
  })

  it('is of the very version that was looked at', () => {
    expect(manifests.length).toBeGreaterThan(10)
    const ranges = manifests.flatMap((path) => {
      // Of our own.
      const manifest = JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest
      const all = {
        ...manifest.dependencies,
        ...manifest.devDependencies,
        ...manifest.optionalDependencies,
      }
      return Object.entries(all)
        .filter(
          ([, version]) => !/^(?:\d+\.\d+\.\d+(?:-[\w.]+)?|workspace:\*|catalog:)$/.test(version),
        )
        .map(([name, version]) => `${path}: ${name} ${version}`)
    })
    expect(ranges).toEqual([])
  })

  it('runs nothing while it is installed', () => {
    expect(workspace).toMatch(/^strictDepBuilds: true$/m)
    expect(workspace).not.toMatch(
      /^(?:onlyBuiltDependencies|allowBuilds|dangerouslyAllowAllBuilds):/m,
    )
  })
})

interface Manifest {
  readonly dependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
}
