import { existsSync, globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { faultTests } from './fault-tests.ts'

it('links only tests that there are in docs/faults.md', () => {
  expect(faultTests().length).toBeGreaterThan(15)
  expect(faultTests().filter((path) => !existsSync(path))).toEqual([])
})

it('has each test that runs longer in full in docs/faults.md', () => {
  const tests = globSync('{apps,packages}/*/src/**/*.test.ts', {
    exclude: (name) => name === 'node_modules' || name === 'dist',
  })
  const long = tests.filter((path) => /\brounds\(\{/.test(readFileSync(path, 'utf8')))
  expect(long.length).toBeGreaterThan(10)
  expect(long.filter((path) => !faultTests().includes(path))).toEqual([])
})
