import { property, type JsonValue } from '@millrace/flow'
import { expect, it } from 'vitest'
import type { FieldMode } from './field-mode.ts'
import { switchWithMemory, type ModeMemory } from './mode-memory.ts'

const text = property.longText({ label: 'Prompt' })
const number = property.number({ label: 'Temperature' })

/** Goes through modes with a value, and gives what the field holds after each switch. */
function goThrough(
  definition: typeof text | typeof number,
  start: JsonValue,
  ...modes: readonly FieldMode[]
): readonly (JsonValue | undefined)[] {
  let memory: ModeMemory = new Map()
  let value: JsonValue | undefined = start
  const held: (JsonValue | undefined)[] = []
  for (const [index, to] of modes.entries()) {
    if (index === 0) continue
    const from = modes[index - 1] ?? to
    const switched = switchWithMemory({ value, from, to, property: definition }, memory)
    ;({ value, memory } = switched)
    held.push(value)
  }
  return held
}

it('brings text with chips back that was an expression meanwhile', () => {
  const chips = { $text: ['Say ', { $ref: 'request.prompt' }] }
  expect(goThrough(text, chips, 'literal', 'expression', 'literal')).toEqual([
    { $expr: '"Say " + string(request.prompt)' },
    chips,
  ])
})

it('brings a number back that no variable can stand for', () => {
  expect(goThrough(number, 0.7, 'literal', 'reference', 'literal')).toEqual([undefined, 0.7])
})

it('brings an expression back that no text can stand for', () => {
  expect(
    goThrough(
      text,
      { $expr: 'request.prompt.substring(0, 3)' },
      'expression',
      'literal',
      'expression',
    ),
  ).toEqual([undefined, { $expr: 'request.prompt.substring(0, 3)' }])
})

it('remembers each mode on the way through all of them', () => {
  expect(
    goThrough(number, 1, 'literal', 'reference', 'expression', 'reference', 'literal'),
  ).toEqual([undefined, undefined, undefined, 1])
})

it('carries a change over rather than bringing back what was before', () => {
  const first = switchWithMemory(
    { value: 'old', from: 'literal', to: 'expression', property: text },
    new Map(),
  )
  const back = switchWithMemory(
    { value: { $expr: '"new"' }, from: 'expression', to: 'literal', property: text },
    first.memory,
  )
  expect(back.value).toBe('new')
})
