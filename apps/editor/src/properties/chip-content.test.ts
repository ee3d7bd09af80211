import type { ScopeVariable } from '@millrace/flow'
import { expect, it } from 'vitest'
import { readContent, withReference, writeContent } from './chip-content.ts'

const variables: readonly ScopeVariable[] = [
  { name: 'name', type: { optional: 'text' }, origin: { kind: 'flow' } },
  { name: 'title', type: 'text', origin: { kind: 'flow' } },
]

it('is a plain reference as long as nothing is done to the variable', () => {
  const plain = { reference: 'name', steps: [] }
  expect(writeContent(plain, variables)).toBe('name')
  expect(readContent('name')).toEqual({ kind: 'variable', formatted: plain })
})

it('keeps the format when the variable is replaced', () => {
  const formatted = { reference: 'nam', steps: [{ kind: 'upper' }] } as const
  const broken = writeContent(formatted, variables)
  expect(readContent(withReference(broken, 'title', variables))).toEqual({
    kind: 'variable',
    formatted: { ...formatted, reference: 'title' },
  })
})

it('lets an expression that says more than a format be one', () => {
  expect(readContent('= 1 + 1')).toEqual({ kind: 'expression', source: '1 + 1' })
})
