import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const inSources = { exclude: (name: string) => name === 'node_modules' || name === 'dist' }

/** What a pattern finds in all files of a kind, in their order. */
function findAll(files: string, pattern: RegExp): readonly string[] {
  return globSync(files, inSources).flatMap((file) =>
    Array.from(readFileSync(file, 'utf8').matchAll(pattern), ([, found = '']) => found),
  )
}

const rules = findAll('packages/**/SPEC.md', /^- \*\*([A-Z]\d+)\*\*/gm)
const cited = new Set(
  findAll(
    '{packages,apps,e2e}/**/*{.test,.spec,-contract}.ts',
    /['"`]((?:\[[A-Z]\d+\] )+)/g,
  ).flatMap((citations) => citations.match(/[A-Z]\d+/g) ?? []),
)

it('has no rule of a SPEC.md that no test cites', () => {
  expect(rules.length).toBeGreaterThan(70)
  expect(rules.filter((rule) => !cited.has(rule))).toEqual([])
})

it('has no test that cites a rule which does not exist', () => {
  expect([...cited].filter((rule) => !rules.includes(rule))).toEqual([])
})

it('has no rule twice', () => {
  expect(rules.filter((rule, index) => rules.indexOf(rule) !== index)).toEqual([])
})
