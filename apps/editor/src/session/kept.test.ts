import { afterEach, expect, it, vi } from 'vitest'
import { chooseTheme, useTheme } from '../app/theme.ts'
import { fakeStorage } from '../testing/fake-storage.ts'
import { keep, readKept } from './kept.ts'

afterEach(() => vi.unstubAllGlobals())

it('gives what was kept, and nothing for what cannot be read', () => {
  vi.stubGlobal('localStorage', fakeStorage())
  keep('panels', { width: 340 })
  localStorage.setItem('broken', '{')
  expect([readKept('panels'), readKept('broken'), readKept('none')]).toEqual([
    { width: 340 },
    undefined,
    undefined,
  ])
})

it('does what somebody chose where the storage is full', () => {
  vi.stubGlobal('localStorage', fakeStorage(0))
  vi.stubGlobal('document', { documentElement: { dataset: {} } })
  chooseTheme('dark')
  expect(useTheme.getState().choice).toBe('dark')
})
