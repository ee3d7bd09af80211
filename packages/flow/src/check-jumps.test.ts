import { describe, expect, it } from 'vitest'
import { checkFlow } from './check.ts'
import { createRegistry, defineNode, type ExecOut, type NodeDefinition } from './definition.ts'
import { property } from './property.ts'
import { flowOf } from './testing/flow-of.ts'

type Way = Omit<ExecOut, 'label'>

/** A node of the given exits, with one to go on at. */
function control(type: string, ways: Readonly<Record<string, Way>>): NodeDefinition {
  const blocks = Object.entries(ways).map(([key, way]) => [key, { label: key, block: {}, ...way }])
  const out = { ...Object.fromEntries(blocks), continue: { label: 'Continue' } } as Record<
    string,
    ExecOut
  > // made of such
  const runsOne = Object.values(ways).every(({ loop }) => loop !== true)
  return define(type, { exec: { in: true, out, runsOne } })
}

function define(type: string, parts: Partial<NodeDefinition>): NodeDefinition {
  return defineNode({
    version: 1,
    kind: 'action',
    title: type,
    system: 'Test',
    category: 'control',
    icon: '',
    description: 'A node.',
    exec: { in: true, out: {} },
    properties: {},
    ...parts,
    type: `test.${type}`,
  })
}

const registry = createRegistry({
  nodes: [
    control('if', { true: {}, false: {} }),
    control('loop', { each: { loop: true } }),
    control('try', { try: {}, catch: {}, finally: { finally: true } }),
    define('say', { exec: { in: true, out: { next: { label: 'Next' } } } }),
    define('break', { jump: 'break' }),
    define('continue', { jump: 'continue' }),
    define('return', { jump: 'return' }),
    define('throw', { jump: 'throw' }),
    define('switch', {
      exec: {
        in: true,
        out: {
          case: { each: 'cases', id: 'id', label: 'id', block: {} },
          else: { label: 'Else', block: {} },
          continue: { label: 'Continue' },
        },
        runsOne: true,
      },
      properties: { cases: property.json({ label: 'Cases', default: [] }) },
    }),
  ],
  connections: [],
})

/** What is wrong with a program of `node.port -> node` lines; a node's type is its id up to the `_`. */
function problems(...lines: readonly string[]): readonly string[] {
  const ids = new Set(lines.flatMap((line) => line.match(/^\w+|\w+$/g) ?? []))
  const nodes = [...ids].map((id) => ({
    id,
    type: `test.${id.split('_')[0] ?? ''}`,
    ...(id.startsWith('switch') ? { properties: { cases: [{ id: 'a' }, { id: 'b' }] } } : {}),
    ...(id.endsWith('_off') ? { disabled: true } : {}),
  }))
  return checkFlow(flowOf({ nodes, lines }), registry).map(
    ({ severity, code, nodeId }) => `${severity} ${code} ${nodeId ?? ''}`,
  )
}

describe('a jump that has nowhere to go', () => {
  it.each(['break', 'continue'])('[K15] is a %s outside of a loop', (jump) => {
    expect(problems(`if.true -> ${jump}`)).toEqual([`error jump_misplaced ${jump}`])
    expect(problems('loop.each -> if', `if.true -> ${jump}`)).toEqual([])
  })

  it.each(['break', 'continue', 'return'])('[K15] is a %s out of a finally', (jump) => {
    expect(problems('loop.each -> try', `try.finally -> if`, `if.true -> ${jump}`)).toEqual([
      `error jump_misplaced ${jump}`,
    ])
  })

  it('[K15] is none within a finally, nor a throw out of it', () => {
    expect(problems('try.finally -> loop', 'loop.each -> break', 'loop.continue -> throw')).toEqual(
      [],
    )
    expect(problems('try.finally -> loop', 'loop.each -> return')).toEqual([
      'error jump_misplaced return',
    ])
  })
})

describe('a node behind a jump', () => {
  it('[K15] is told when every way before it jumps', () => {
    expect(
      problems('if.true -> return', 'if.false -> throw', 'if.continue -> say', 'say.next -> say_2'),
    ).toEqual(['warning node_behind_jump say'])
    expect(
      problems(
        'try.try -> switch',
        'switch.case.a -> return',
        'switch.case.b -> return_2',
        'switch.else -> throw',
        'try.catch -> throw_2',
        'try.continue -> say',
      ),
    ).toEqual(['warning node_behind_jump say'])
  })

  it.each([
    ['a way goes on', ['if.true -> return', 'if.false -> say_2', 'if.continue -> say']],
    ['a way is empty', ['if.true -> return', 'if.continue -> say']],
    ['errors are passed over', ['try.try -> throw', 'try.continue -> say']],
    [
      'a case is empty',
      ['switch.case.a -> return', 'switch.else -> return_2', 'switch.continue -> say'],
    ],
    ['it is a loop that may have no round', ['loop.each -> return', 'loop.continue -> say']],
    [
      'what jumps is disabled',
      ['if_off.true -> return', 'if_off.false -> return_2', 'if_off.continue -> say'],
    ],
  ])('[K15] is not told when %s', (_, lines) => {
    expect(problems(...lines)).toEqual([])
  })
})
