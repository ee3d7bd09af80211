import { isOfType, type Type } from '@millrace/flow'
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { schemaOfType } from './schema-of-type.ts'

const names = fc.constantFrom('a', 'b', 'role', 'content')
const { type: types } = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Type[]>('any', 'text', 'number', 'boolean', 'chatMessage', 'usage'),
    fc.record({ list: tie('type') }),
    fc.record({ optional: tie('type') }),
    fc.record({ record: fc.dictionary(names, tie('type'), { noNullPrototype: true }) }),
  ),
}))
const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, '', 'text', 0, -1.5, true),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(names, tie('value'), { noNullPrototype: true }),
  ),
}))

/** A value of the type, as its schema sees it in the middle of others. */
function fitting(type: Type): fc.Arbitrary<unknown> {
  if (type === 'any') return values
  if (type === 'text') return fc.string()
  if (type === 'number') return fc.integer()
  if (type === 'boolean') return fc.boolean()
  if (type === 'chatMessage') return fc.record({ role: fc.string(), content: fc.string() })
  if (typeof type === 'string') return values
  if ('list' in type) return fc.array(fitting(type.list), { maxLength: 3 })
  if ('optional' in type) return fc.oneof(fc.constant(null), fitting(type.optional))
  const fields = Object.entries(type.record).map(([name, field]) => [name, fitting(field)] as const)
  return fc.record(Object.fromEntries(fields), { noNullPrototype: true })
}

it('lets through what is of the type, and nothing else, as the validator of the official client reads it', () => {
  const validators = new AjvJsonSchemaValidator()
  const given = types.chain((type) => fc.tuple(fc.constant(type), fc.oneof(fitting(type), values)))
  fc.assert(
    fc.property(given, ([type, value]) => {
      const validate = validators.getValidator(schemaOfType(type) as object)
      expect(validate(value).valid).toBe(isOfType(value, type))
    }),
    { numRuns: 200 },
  )
})
