import { expect, it } from 'vitest'
import { tabTitle } from './tab-title.ts'

it('says that the run goes on, and how it ended where nobody saw it', () => {
  const titleOf = (status: Parameters<typeof tabTitle>[1]['status'], hasEndedUnseen = false) =>
    tabTitle('Help desk', { status, hasEndedUnseen })
  expect(titleOf('idle')).toBe('Help desk · Millrace')
  expect(titleOf('running')).toBe('▶ Help desk · Millrace')
  expect(titleOf('completed')).toBe('Help desk · Millrace')
  expect(titleOf('completed', true)).toBe('✓ Help desk · Millrace')
  expect(titleOf('failed', true)).toBe('✗ Help desk · Millrace')
})
