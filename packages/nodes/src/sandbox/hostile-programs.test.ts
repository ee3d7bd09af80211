import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { createFunctionSandbox } from './function-sandbox.server.ts'
import { callSandbox, errorOf } from './testing/call-sandbox.server.ts'
import {
  deepPrograms,
  escapingPrograms,
  greedyPrograms,
  pollutingPrograms,
} from './testing/hostile-programs.ts'

const sandbox = createFunctionSandbox()
afterAll(() => sandbox.close())

const input = { list: [1, 2], text: 'x', record: { a: 1 } }

// Elapsed time is what the rule is about; a machine that is busy elsewhere gets another chance.
describe('a greedy program', { retry: 3 }, () => {
  // The thread that the last one took with it starts before the time is taken.
  beforeEach(async () => void (await callSandbox(sandbox, 'const warm: number = 1')))

  it.each(Object.entries(greedyPrograms))(
    '[J12] [J13] ends within its limit and 200 ms: %s',
    async (_, source) => {
      const start = performance.now()
      const error = await errorOf(callSandbox(sandbox, source, { timeoutMs: 100 }))
      expect(performance.now() - start).toBeLessThan(300)
      expect(['timeout', 'limit_exceeded', 'function_failed']).toContain(error.code)
      expect(error.message).toContain('"Compute"')
    },
  )
})

describe('a program that looks for a way out', () => {
  it.each(Object.entries(escapingPrograms))('[J5] finds none: %s', async (_, source) => {
    const found = await callSandbox(sandbox, source, { inputs: { input }, timeoutMs: 2000 })
    const isHit = (one: unknown) => one !== null && one !== false && one !== undefined
    expect((found as readonly unknown[]).filter(isHit)).toEqual([])
  })
})

describe('a program that pollutes', () => {
  it.each(Object.entries(pollutingPrograms))(
    '[J5] [J7] changes nothing around the sandbox: %s',
    async (_, source) => {
      const lines: string[] = []
      const onLog = (level: string, message: string) => lines.push(level, message)
      const end = await callSandbox(sandbox, source, {
        inputs: { input },
        timeoutMs: 500,
        onLog,
      }).catch((error: unknown) => error)
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
      expect(([] as unknown as Record<string, unknown>)['polluted']).toBeUndefined()
      expect(prototypesIn(end)).toEqual(new Set())
      expect(input).toEqual({ list: [1, 2], text: 'x', record: { a: 1 } })
    },
  )
})

describe('a program that goes deep', () => {
  it.each(Object.entries(deepPrograms))('[J14] fails alone: %s', async (_, source) => {
    const error = await errorOf(callSandbox(sandbox, source, { timeoutMs: 1000 }))
    expect(['function_failed', 'timeout', 'limit_exceeded']).toContain(error.code)
    expect(await callSandbox(sandbox, 'return 1')).toBe(1)
  })
})

/** The prototypes in a value that are not those of plain records and lists, or of an error of ours. */
function prototypesIn(value: unknown): ReadonlySet<unknown> {
  const found = new Set<unknown>()
  const visit = (one: unknown) => {
    if (typeof one !== 'object' || one === null) return
    const prototype: unknown = Object.getPrototypeOf(one)
    const isKnown = prototype === Object.prototype || prototype === Array.prototype
    if (!isKnown && !(one instanceof Error)) found.add(prototype)
    for (const key of Object.keys(one)) visit((one as Record<string, unknown>)[key]) // its own keys
  }
  visit(value)
  return found
}
