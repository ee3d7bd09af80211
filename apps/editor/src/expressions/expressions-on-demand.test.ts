import * as real from '@millrace/flow/expression'
import { expect, it, vi } from 'vitest'
import * as standIn from './expressions-on-demand.ts'

it('reads no expression before what reads them is there, and changes none', async () => {
  const onLoaded = vi.fn<() => void>()
  standIn.onExpressionsLoaded(onLoaded)
  expect(standIn.canBeRead('{"value":{"$expr":"1 + 1"}}')).toBe(false)
  expect(standIn.canBeRead('{"value":1}')).toBe(true)
  expect(standIn.variablesInExpression('a + b')).toEqual([])
  expect(() => standIn.renameInExpression('a + b', 'a', 'c')).toThrow('still being fetched')

  await standIn.loadExpressions()
  expect(onLoaded).toHaveBeenCalledOnce()
  expect(standIn.canBeRead('{"value":{"$expr":"1 + 1"}}')).toBe(true)
  expect(standIn.variablesInExpression('a + b')).toEqual(['a', 'b'])
  expect(standIn.renameInExpression('a + b', 'a', 'c')).toBe('c + b')
})

it('stands in for everything that the module has', () => {
  expect(Object.keys(standIn)).toEqual(expect.arrayContaining(Object.keys(real)))
})
