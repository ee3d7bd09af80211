import { expect, it } from 'vitest'
import { readAudit } from './read-audit.ts'

const advisory = {
  findings: [{ version: '5.3.0', paths: ['apps__server>express', 'bench>express'], dev: false }],
  id: 1,
  title: 'A hole',
  module_name: 'express',
  severity: 'high',
  url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
}

it('says what is known, how grave it is and who brings it', () => {
  expect(readAudit(JSON.stringify({ advisories: { 1: advisory } }))).toEqual([
    '- express: A hole (high) https://github.com/advisories/GHSA-aaaa-bbbb-cccc\n  5.3.0 by apps__server>express',
  ])
})

it('knows that nothing is known', () => {
  expect(readAudit('{"advisories":{},"metadata":{}}')).toEqual([])
})

it.each(['', 'ERR_PNPM_AUDIT_BAD_RESPONSE', '{"error":{"code":"ENOTFOUND"}}', '[]'])(
  'takes no other text for an answer: %j',
  (output) => {
    expect(readAudit(output)).toBeUndefined()
  },
)
