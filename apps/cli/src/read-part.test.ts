import { afterAll, beforeAll, expect, it } from 'vitest'
import { UsageError } from './exit-code.ts'
import { readPart } from './read-part.ts'
import { makeTestFolder, type TestFolder } from './testing/test-folder.ts'

let folder: TestFolder
beforeAll(async () => {
  folder = await makeTestFolder()
})
afterAll(() => folder.remove())

it('reads what nodes give, by their ids', async () => {
  const pin = { outputs: { result: 7 }, variables: { seen: true } }
  const { pinned, until } = await readPart({
    pin: await folder.write('pins.json', { draw: pin }),
    until: 'check',
  })
  expect(pinned?.get('draw')?.()).toEqual(pin)
  expect(until).toBe('check')
})

it('is all of a flow when nothing is said', async () => {
  expect(await readPart({})).toEqual({})
})

it('says what a file of pins holds when it is another one', async () => {
  const path = await folder.write('flow.json', { nodes: [] })
  const reading = readPart({ pin: path })
  await expect(reading).rejects.toThrow(UsageError)
  await expect(reading).rejects.toThrow('holds no pins')
})
