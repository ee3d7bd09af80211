import { expect, it } from 'vitest'
import type { Variable } from '../api/variables-api.ts'
import { changeOf, formOf, whyNotName } from './variable-form.ts'

const token: Variable = {
  name: 'token',
  isSecret: true,
  isLocked: false,
  values: { production: { isSet: true } },
}

it('leaves a secret out that is not replaced, and takes an empty value away', () => {
  const form = formOf(token)
  expect(changeOf(form)).toEqual({ isSecret: true, values: { development: null, test: null } })
  const replaced = { ...form, values: { ...form.values, production: 'new', test: 't' } }
  expect(changeOf(replaced).values).toEqual({ development: null, test: 't', production: 'new' })
})

it('begins empty for a new variable', () => {
  expect(formOf('host')).toEqual({
    name: 'host',
    isSecret: false,
    values: { development: '', test: '', production: '' },
  })
})

it('says what is wrong with a name', () => {
  const taken = new Set(['host'])
  expect(whyNotName('region', taken)).toBeUndefined()
  expect(whyNotName('', taken)).toBe('Give it a name.')
  expect(whyNotName('the-host', taken)).toContain('Use letters')
  expect(whyNotName('host', taken)).toBe('There is a variable of this name already.')
})
