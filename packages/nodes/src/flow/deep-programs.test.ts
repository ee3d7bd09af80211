import { lawBreaches } from '@millrace/engine/testing'
import { describe, expect, it } from 'vitest'
import { flowOfProgram } from './testing/flow-of-program.ts'
import type { Program, Statement } from './testing/program.ts'
import { runModel } from './testing/run-model.ts'
import { prepareProgram } from './testing/run-program.server.ts'

const inner: Program = [{ id: 'inner', isDisabled: false, kind: 'yield', value: 7 }]

type Wrap = (id: string, body: Program) => Statement

const base = (id: string) => ({ id, isDisabled: false })
const test = { left: { reference: 'count' }, below: 1 }
const wraps: Readonly<Record<string, Wrap>> = {
  if: (id, body) => ({ ...base(id), kind: 'if', test, yes: body, no: [] }),
  ifElse: (id, body) => ({ ...base(id), kind: 'ifElse', cases: [{ test, body }], otherwise: [] }),
  forEach: (id, body) => ({ ...base(id), kind: 'forEach', items: [1], body }),
  stream: (id, body) => ({ ...base(id), kind: 'stream', messages: ['a'], isCut: false, body }),
  try: (id, body) => ({ ...base(id), kind: 'try', body, caught: undefined, last: [] }),
  finally: (id, body) => ({ ...base(id), kind: 'try', body: [], caught: undefined, last: body }),
}

/** A program in which blocks stand one in another, so many of them. */
function nested(depth: number, kinds: readonly Wrap[]): Program {
  let program = inner
  for (let level = 0; level < depth; level += 1) {
    const wrap = kinds[level % kinds.length]
    if (wrap !== undefined) program = [wrap(`n${level}`, program)]
  }
  return program
}

describe('blocks in blocks', () => {
  it.each([...Object.entries(wraps), ['each of them', undefined] as const])(
    '[K13] run 100 levels deep: %s',
    async (_, wrap) => {
      const program = nested(100, wrap === undefined ? Object.values(wraps) : [wrap])
      const { trace, end, events } = await prepareProgram(flowOfProgram(program)).run()
      expect(trace).toContain('yield 7')
      expect({ trace, end }).toEqual(runModel(program))
      expect(lawBreaches(events)).toEqual([])
    },
  )

  it('[C1] are refused where they stand deeper', () => {
    const program = nested(101, Object.values(wraps))
    expect(() => prepareProgram(flowOfProgram(program))).toThrow(
      'stands inside 100 other blocks, and can hold none itself',
    )
  })

  it('[K14] end one after another when the innermost is stopped', async () => {
    const program = nested(100, Object.values(wraps))
    const { trace, end, events } = await prepareProgram(flowOfProgram(program)).run({ stopAt: 0 })
    expect({ trace, end }).toEqual(runModel(program, { stopAt: 0 }))
    expect(lawBreaches(events)).toEqual([])
  })
})
