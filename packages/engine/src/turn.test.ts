import { expect, it } from 'vitest'
import { afterTurn } from './turn.ts'

it('[E20] calls every callback, also after one that throws', async () => {
  const called: string[] = []
  const thrown = nextUncaught()
  afterTurn(() => called.push('first'))
  afterTurn(() => {
    throw new Error('This one failed.')
  })
  await new Promise<void>((resolve) => afterTurn(resolve))
  expect(called).toEqual(['first'])
  expect(await thrown).toEqual(new Error('This one failed.'))
})

/** The next error that nobody catches, taken from the runner, which would fail the test with it. */
function nextUncaught(): Promise<unknown> {
  const { process } = globalThis as unknown as { readonly process: ErrorSource } // tests run on Node.js
  const others = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  return new Promise((resolve) => {
    process.once('uncaughtException', (error) => {
      for (const other of others) process.on('uncaughtException', other)
      resolve(error)
    })
  })
}

interface ErrorSource {
  listeners(event: string): ((error: unknown) => void)[]
  removeAllListeners(event: string): void
  on(event: string, listener: (error: unknown) => void): void
  once(event: string, listener: (error: unknown) => void): void
}
