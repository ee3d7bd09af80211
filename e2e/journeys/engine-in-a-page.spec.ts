import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { build } from 'vite'
import type { EngineInPage } from '../src/browser/engine-entry.ts'

const entry = fileURLToPath(new URL('../src/browser/engine-entry.ts', import.meta.url))

test('the engine runs unchanged in a browser, and says the same there as in Node.js', async ({
  page,
}) => {
  const errors: Error[] = []
  page.on('pageerror', (error) => errors.push(error))
  await page.goto('about:blank')
  await page.addScriptTag({ content: await bundle() })
  const inPage = await page.evaluate(() =>
    (globalThis as unknown as EngineInPage).runEngine('many small words'),
  )
  await import('../src/browser/engine-entry.ts')
  const inNode = await (globalThis as unknown as EngineInPage).runEngine('many small words')

  expect(inPage).toEqual(inNode)
  expect(inPage.filter(({ type }) => type === 'run-yield')).toMatchObject([
    { value: 'many!' },
    { value: 'small!' },
    { value: 'words!' },
  ])
  expect(errors).toEqual([])
})

/** The engine and the flow language in one script, as any page would bundle them. */
async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'engine' } },
  })
  const [output] = Array.isArray(result) ? result : [result]
  if (output === undefined || !('output' in output)) throw new Error('Vite built nothing.')
  return output.output[0].code
}
