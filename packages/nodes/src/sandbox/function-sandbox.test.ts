import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { FlowError } from '@millrace/flow'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { createFunctionSandbox } from './function-sandbox.server.ts'
import { callSandbox, errorOf } from './testing/call-sandbox.server.ts'

const sandbox = createFunctionSandbox()
afterAll(() => sandbox.close())

const run = async (source: string, options?: Parameters<typeof callSandbox>[2]) =>
  callSandbox(sandbox, source, options)

describe('the code', () => {
  it('[J1] is a function of its inputs', async () => {
    expect(await run('return a + b.c', { inputs: { a: 1, b: { c: 2 } } })).toBe(3)
  })

  it('[J1] may await, and what a returned promise comes to is the result', async () => {
    expect(await run('const x = await Promise.resolve(1)\nreturn Promise.resolve(x + 1)')).toBe(2)
  })

  it('[J1] is strict', async () => {
    expect(await run('return this === undefined')).toBe(true)
    expect(await errorOf(run('undeclared = 1'))).toMatchObject({ code: 'function_failed' })
  })

  it.each(['', 'return', 'return undefined', 'return null', '// nothing'])(
    '[J1] gives null for nothing: %j',
    async (source) => {
      expect(await run(source)).toBe(null)
    },
  )

  it('[J2] may have types', async () => {
    const source =
      'interface Row { name: string }\nconst rows: Row[] = input as Row[]\nreturn rows.map((row: Row): string => row.name)'
    expect(await run(source, { inputs: { input: [{ name: 'a' }] } })).toEqual(['a'])
  })

  it('[J2] reads a generic call as TypeScript does, not as two comparisons', async () => {
    expect(await run('const f = <T>(x: T): T => x\nreturn f<number>(7)')).toBe(7)
  })
})

describe('reading without running', () => {
  it('[J3] finds nothing in code that can be read, and does not run it', async () => {
    const code = { source: 'for (;;) console.log(a)', inputs: ['a'] }
    expect(await sandbox.check(code)).toBeUndefined()
  })

  it.each([
    ['return 1 +', 1, 11],
    ['let x = 1\nlet x = 2', 2, 7],
    ['const a = 1', 1, 9],
  ])('[J3] finds what keeps it from running: %j', async (source, line, column) => {
    const problem = await sandbox.check({ source, inputs: ['a'] })
    expect(problem).toMatchObject({ position: { line, column } })
    expect(problem?.message).toMatch(/^[A-Z].*\.$/)
  })

  it('[J3] refuses to run it, with the place', async () => {
    expect(await errorOf(run('\nreturn 1 +'))).toMatchObject({
      code: 'input_invalid',
      message: 'The code of "Compute" cannot be read in line 2: Expression expected.',
      details: { line: 2, column: 11 },
    })
  })

  it.each([
    '}/(() => { const a = []; for (;;) a.push(Array(100_000).fill(1)) })()/\n{',
    '}, (() => { for (;;) {} })(), async function () {',
    '}\nfor (;;) {}\nasync function more() {',
    '}[(() => { for (;;) {} })()] = {',
    '}})\nfor (;;) {}\n({async more() {',
    '})\nfor (;;) {}\n(async function () {',
  ])('[J1] [J3] is not left to run something beside it: %j', async (source) => {
    expect(await sandbox.check({ source, inputs: [] })).toMatchObject({
      message: expect.not.stringContaining('too long') as string,
    })
    expect(await errorOf(run(source))).toMatchObject({ code: 'input_invalid' })
  })

  it('[J3] survives code that is nested too deep', async () => {
    const source = '('.repeat(100_000)
    expect(await sandbox.check({ source, inputs: [] })).toEqual({
      message: 'It is nested too deep. Split it into functions.',
    })
    expect(await run('const x: number = 1\nreturn x')).toBe(1)
  })

  it.each(['class', 'await', 'eval', 'arguments', 'let'])(
    '[J4] refuses an input named %s',
    async (name) => {
      const message = `An input cannot be named "${name}", a word of JavaScript. Rename it.`
      expect(await sandbox.check({ source: '', inputs: [name] })).toEqual({ message, input: name })
      expect(await errorOf(run('', { inputs: { [name]: 1 } }))).toMatchObject({
        code: 'input_invalid',
        message: `The code of "Compute" cannot run: ${message}`,
      })
    },
  )
})

describe('what goes in and out', () => {
  it('[J7] is copied: the code changes nothing outside', async () => {
    const inputs = { list: [1], record: { deep: { a: 1 } } }
    await run('list.push(2); record.deep.a = 2; delete record.deep', { inputs })
    expect(inputs).toEqual({ list: [1], record: { deep: { a: 1 } } })
  })

  it('[J7] keeps every kind of JSON, and any text', async () => {
    const value = [null, true, -1.5, 'é漢😀\u2028"\\', { '': [], ' ': {} }]
    expect(await run('return value', { inputs: { value } })).toEqual(value)
  })

  it('[J7] is JSON as JavaScript writes it', async () => {
    expect(
      await run('return { date: new Date(0), not: NaN, none: undefined, map: new Map() }'),
    ).toEqual({ date: '1970-01-01T00:00:00.000Z', not: null, map: {} })
  })

  it('[J7] gives only keys of its own', async () => {
    const result = await run(
      'return JSON.parse(\'{"__proto__": {"isAdmin": true}, "constructor": 1, "toString": 2}\')',
    )
    expect(Object.keys(result as object)).toEqual(['__proto__', 'constructor', 'toString'])
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype)
    expect({}).not.toHaveProperty('isAdmin')
  })

  it.each([
    ['const a = {}; a.a = a; return a', 'TypeError: circular reference'],
    ['return 10n', 'TypeError: Do not know how to serialize a BigInt'],
    ['return { toJSON() { throw new Error("no") } }', 'Error: no'],
  ])('[J7] refuses what cannot be written: %j', async (source, why) => {
    expect(await errorOf(run(source))).toMatchObject({
      code: 'function_failed',
      message: `The code of "Compute" returned what cannot be written as JSON (${why}). Return text, numbers, yes or no, lists and records of these.`,
    })
  })

  it('[J7] refuses a result that is nested too deep or too long', async () => {
    const nested = 'let a = 1; for (let i = 0; i < 65; i++) a = [a]; return a'
    expect(await errorOf(run(nested))).toMatchObject({
      code: 'limit_exceeded',
      details: { limit: 'depth', max: 64 },
    })
    expect(await errorOf(run('return "x".repeat(5_000_000)'))).toMatchObject({
      code: 'limit_exceeded',
      details: { limit: 'result', max: 4_194_304 },
    })
  })

  it('[J7] refuses inputs that are too long', async () => {
    const inputs = { text: 'x'.repeat(4_194_304) }
    expect(await errorOf(run('return 1', { inputs }))).toMatchObject({
      code: 'limit_exceeded',
      message:
        'What "Compute" is given takes more than 4194304 characters as JSON. Pass on only what is needed.',
      details: { limit: 'inputs' },
    })
  })
})

describe('console', () => {
  const logOf = async (source: string) => {
    const lines: string[] = []
    await run(source, { onLog: (level, message) => lines.push(`${level}: ${message}`) })
    return lines
  }

  it('[J8] writes to the log, each method with its level', async () => {
    const methods = ['log', 'info', 'debug', 'warn', 'error']
    expect(await logOf(methods.map((name) => `console.${name}('${name}')`).join('\n'))).toEqual([
      'info: log',
      'info: info',
      'info: debug',
      'warning: warn',
      'error: error',
    ])
  })

  it('[J8] shows values of all kinds in one line', async () => {
    expect(
      await logOf(
        'console.log("a", 1, { b: [true] }, undefined, null, 5n, Symbol("s"), new TypeError("t"), { toJSON() { throw 1 } })',
      ),
    ).toEqual([
      'info: a 1 {"b":[true]} undefined null 5 Symbol(s) TypeError: t (a value that cannot be shown)',
    ])
  })

  it('[J8] writes text with any characters whole', async () => {
    const source = String.raw`console.log('a\0b\ud800c', { d: '\0' })`
    expect(await logOf(source)).toEqual(['info: a\0b\ud800c {"d":"\\u0000"}'])
  })

  it('[J8] keeps so many lines of one call, and so much of each', async () => {
    const lines = await logOf(
      'for (let i = 0; i < 5000; i++) console.log(i, "x".repeat(10_000), "y")',
    )
    expect(lines).toHaveLength(101)
    expect(lines[99]).toBe(`info: 99 ${'x'.repeat(3997)}…`)
    expect(lines[100]).toBe('warning: More was written; the first 100 lines are kept.')
  })

  it('[J8] writes what was said before the code failed', async () => {
    const lines: string[] = []
    await errorOf(
      run('console.log("before")\nthrow 1', { onLog: (_, message) => lines.push(message) }),
    )
    expect(lines).toEqual(['before'])
  })
})

describe('an error', () => {
  it('[J9] has the message, the place and the stack in the code', async () => {
    const source = 'function compute() {\n  throw new RangeError("too far")\n}\nreturn compute()'
    expect((await errorOf(run(source))).toShape()).toEqual({
      code: 'function_failed',
      message: 'The code of "Compute" failed in line 2: RangeError: too far',
      retryable: false,
      details: {
        line: 2,
        column: 23,
        stack: ['at compute, line 2, column 23', 'at line 4, column 15'],
      },
    })
  })

  it('[J9] is short, whatever the code does to how it is written', async () => {
    const source =
      'const message = "x".repeat(1e6)\nObject.prototype.toJSON = () => ({ message, stack: "" })\nthrow new Error("no")'
    expect((await errorOf(run(source))).message).toBe(
      'The code of "Compute" failed in line 3: Error: no',
    )
  })

  it('[J9] has its place behind an await, too, and behind types', async () => {
    const source = 'const x: number = await 1\nconst y: string =\n  (x as any).a.b'
    expect(await errorOf(run(source))).toMatchObject({ details: { line: 3, column: 15 } })
  })

  it.each([
    ['throw "text"', 'text'],
    ['throw { code: 7 }', '{"code":7}'],
    ['throw null', 'null'],
    ['throw undefined', 'undefined'],
    ['throw { toJSON() { throw 1 } }', '(a value that cannot be shown)'],
    ['throw Object.assign(new Error("x"), { name: {}, stack: 7 })', 'Error: x'],
    ['return Promise.reject(new Error("later"))', 'Error: later'],
    [
      'Object.prototype.toJSON = () => "x"; throw new Error("no")',
      'The code of "Compute" failed in line 1: Error: no',
    ],
    [
      'const e = new Error("no"); let n = 0; Object.defineProperty(e, "stack", { get: () => (n++ ? { length: 0 } : "x") }); throw e',
      'The code of "Compute" failed: Error: no',
    ],
  ])('[J9] may be anything: %j', async (source, message) => {
    const error = await errorOf(run(source))
    expect(error.code).toBe('function_failed')
    expect(error.message.replace('[object Object]', 'Error')).toMatch(message)
  })

  it.each([
    'await new Promise(() => {})',
    'return new Promise(() => {})',
    'return { then() {} }',
    'for await (const x of { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) }) {}',
  ])('[J10] is that nothing settles a promise: %j', async (source) => {
    expect(await errorOf(run(source))).toMatchObject({
      code: 'function_failed',
      message:
        'The code of "Compute" waits for a promise that nothing settles. There are no timers and no network in it: await only what the code itself resolves.',
    })
  })
})

describe('any text', () => {
  const words = ['return', '(', ')', '{', '}', '`', '${', '"', "'", '=>', 'await', 'x', '1', '\n']
  const sources = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc
      .array(fc.constantFrom(...words, ';', ':', '<', '/', '*', '.', '[', 'class'), {
        maxLength: 30,
      })
      .map((parts) => parts.join('')),
  )

  it('[J3] [J12] is code that runs, or a typed error', async () => {
    await fc.assert(
      fc.asyncProperty(sources, async (source) => {
        const problem = await sandbox.check({ source, inputs: ['input'] })
        const error = await run(source, { inputs: { input: 1 }, timeoutMs: 200 }).then(
          () => undefined,
          (thrown: unknown) => thrown,
        )
        if (problem === undefined)
          expect((error as FlowError | undefined)?.code).not.toBe('input_invalid')
        else expect(error).toMatchObject({ code: 'input_invalid' })
        expect(error === undefined || error instanceof FlowError).toBe(true)
      }),
      { numRuns: 150, seed: 7 },
    )
  }, 30_000)
})

describe('the memory of a call', () => {
  it('[J13] is taken by its inputs, too', async () => {
    const inputs = { text: 'x'.repeat(3_000_000) }
    const error = await errorOf(run('return text.length', { inputs, memoryBytes: 1024 * 1024 }))
    expect(error).toMatchObject({ code: 'limit_exceeded', details: { limit: 'memory' } })
  })

  it('[J13] is taken by the code itself, too', async () => {
    const source = 'f(1);'.repeat(40_000)
    const error = await errorOf(run(source, { memoryBytes: 1024 * 1024 }))
    expect(error).toMatchObject({ code: 'limit_exceeded', details: { limit: 'memory' } })
  })
})

describe('the JavaScript of a call', () => {
  it('[J6] is its own: nothing is left behind for the next one', async () => {
    const leave = `
      globalThis.left = 1
      Object.prototype.left = 1
      Array.prototype.map = () => 'mine'
      JSON.stringify = () => '"mine"'
      JSON.parse = () => ['mine']
      Promise.prototype.then = () => {}
      globalThis.console = undefined
      return 'left'`
    const look =
      'return [typeof left, "left" in {}, [1].map((x) => x), JSON.parse("1"), typeof console]'
    await Promise.all(Array.from({ length: 8 }, async () => run(leave)))
    const seen = await Promise.all(Array.from({ length: 8 }, async () => run(look)))
    expect(new Set(seen.map((one) => JSON.stringify(one)))).toEqual(
      new Set(['["undefined",false,[1],1,"object"]']),
    )
  })

  it('[J6] changes nothing about how its own result is written and read', async () => {
    const source = `
      JSON.stringify = () => '"mine"'
      String.prototype.slice = () => 'mine'
      Reflect.apply = () => 'mine'
      return { a: 1 }`
    expect(await run(source)).toEqual({ a: 1 })
  })
})

describe('calls', () => {
  it('[J15] end at once when their run does, running or waiting', async () => {
    const reason = new Error('The run was stopped.')
    const controllers = Array.from({ length: 12 }, () => new AbortController())
    const started = Promise.withResolvers<void>()
    const running = controllers.map(({ signal }) =>
      errorOf(
        run('console.log("running"); for (;;) {}', { signal, onLog: () => started.resolve() }),
      ),
    )
    await started.promise
    for (const controller of controllers) controller.abort(reason)
    expect(new Set(await Promise.all(running))).toEqual(new Set([reason]))
    expect(await run('return 1')).toBe(1)
  })

  it('[J15] do not begin when their run is over', async () => {
    const reason = new Error('over')
    expect(await errorOf(run('return 1', { signal: AbortSignal.abort(reason) }))).toBe(reason)
  })

  it('[J16] wait for their turn, and lose no time by that', async () => {
    const calls = Array.from({ length: 40 }, async (_, index) =>
      run('const end = Date.now() + 30; while (Date.now() < end) {}; return i', {
        inputs: { i: index },
        timeoutMs: 400,
      }),
    )
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 40 }, (_, index) => index))
  })

  it('[J16] are refused when too many wait', async () => {
    const controller = new AbortController()
    const calls = Array.from({ length: 1100 }, async () =>
      errorOf(run('for (;;) {}', { signal: controller.signal })),
    )
    const refused = await Promise.race(calls)
    controller.abort(new Error('enough'))
    expect(refused).toMatchObject({
      code: 'limit_exceeded',
      retryable: true,
      details: { limit: 'waitingFunctions', max: 1000 },
    })
    await Promise.all(calls)
  })
})

describe('the sandbox', () => {
  it('[J17] holds a process open while it runs something, and no longer', async () => {
    const script = `
      import { createFunctionSandbox } from ${JSON.stringify(import.meta.resolve('./function-sandbox.server.ts'))}
      import { callSandbox } from ${JSON.stringify(import.meta.resolve('./testing/call-sandbox.server.ts'))}
      console.log(await callSandbox(createFunctionSandbox(), 'return "done"'))`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script])
    const output: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    expect(await once(child, 'close')).toEqual([0, null])
    expect(Buffer.concat(output).toString()).toBe('done\n')
    // A process of its own takes its time to start.
  }, 20_000)

  it('[J17] is over when it is closed, with what runs in it', async () => {
    const own = createFunctionSandbox()
    const started = Promise.withResolvers<void>()
    const running = errorOf(
      callSandbox(own, 'console.log(1); for (;;) {}', { onLog: () => started.resolve() }),
    )
    await started.promise
    await own.close()
    expect(await running).toMatchObject({ code: 'function_failed' })
    await expect(callSandbox(own, 'return 1')).rejects.toThrow('The sandbox is closed.')
  })
})
