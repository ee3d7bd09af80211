import { describe, expect, it } from 'vitest'
import { compile } from './compile.ts'
import { freezeDeep } from './freeze-deep.ts'
import { edges, fixtures, flowOf, node } from './testing/fixture-nodes.ts'

/** Every object in a value, maps and sets included, with the way to it. */
function* objectsIn(value: unknown, path: string, seen: Set<unknown>): Generator<[string, object]> {
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value)
  yield [path, value]
  const parts =
    value instanceof Map || value instanceof Set ? value.entries() : Object.entries(value)
  for (const [key, inner] of parts) yield* objectsIn(inner, `${path}.${String(key)}`, seen)
}

describe('a plan', () => {
  it('[C2] is frozen in every part, and its maps and sets take nothing in', () => {
    const plan = compile(
      flowOf(
        [node('trigger'), node('repeat', { times: 2 }), node('reducer'), node('say', { value: 1 })],
        edges('trigger -> repeat', 'repeat.each -> say'),
        {
          variables: [{ name: 'list', type: 'list', value: [{ deep: [1] }] }],
          attachments: [{ host: ['repeat', 'reducer'], resource: 'reducer' }],
        },
      ),
      fixtures,
    )
    const objects = [...objectsIn(plan, 'plan', new Set())]
    expect(objects.filter(([, object]) => !Object.isFrozen(object))).toEqual([])
    const kept = objects.filter(([, object]) => object instanceof Map || object instanceof Set)
    expect(kept.length).toBeGreaterThan(3)
    for (const [, object] of kept) {
      const open = object as Map<string, unknown> & Set<string> // either
      expect(() => open.clear()).toThrow('A plan is frozen')
      expect(() => (object instanceof Map ? open.set('a', 1) : open.add('a'))).toThrow('frozen')
    }
  })

  it('[C2] is frozen also where a part was frozen from outside, but not deeply', () => {
    const outer = Object.freeze({ inner: { value: 1 } })
    expect(Object.isFrozen(freezeDeep(outer).inner)).toBe(true)
  })
})
