import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSqliteFlowStore } from '../flows/sqlite-flow-store.ts'
import { openFreshStore } from '../testing/open-fresh-store.ts'
import { keepUntilWritten } from './keep-until-written.ts'

let store: Awaited<ReturnType<typeof openFreshStore>>

beforeEach(async () => {
  store = await openFreshStore()
})

afterEach(() => store.close())

describe('keepUntilWritten', () => {
  function countedFind() {
    const flows = createSqliteFlowStore({ database: store.database, now: () => 0 })
    const asked: string[] = []
    const find = keepUntilWritten(store, (id: string) => {
      asked.push(id)
      return flows.find(id)
    })
    return { flows, find, asked }
  }

  it('asks once for each name while nothing is written', async () => {
    const { flows, find, asked } = countedFind()
    await flows.create('a', 'text of a')
    expect(await find('a')).toMatchObject({ text: 'text of a' })
    expect(await find('a')).toMatchObject({ text: 'text of a' })
    expect(await find('b')).toBeUndefined()
    expect(await find('b')).toBeUndefined()
    expect(asked).toEqual(['a', 'b'])
  })

  it('gives what was written as soon as the write is acknowledged', async () => {
    const { flows, find } = countedFind()
    const { revision } = await flows.create('a', 'first')
    await find('a')
    await flows.save('a', { text: 'second', basedOn: revision })
    expect(await find('a')).toMatchObject({ text: 'second' })
    await flows.remove('a', { basedOn: undefined })
    expect(await find('a')).toBeUndefined()
  })

  it('never keeps what a transaction wrote and took back', async () => {
    const { flows, find } = countedFind()
    await flows.create('a', 'first')
    const during = Promise.withResolvers<unknown>()
    await store.database
      .transaction()
      .execute(async (transaction) => {
        await transaction.updateTable('flows').set({ document: 'never' }).execute()
        during.resolve(find('a'))
        throw new Error('taken back')
      })
      .catch(() => undefined)
    expect(await during.promise).toMatchObject({ text: 'first' })
    expect(await find('a')).toMatchObject({ text: 'first' })
  })

  it('asks again after a reading that failed', async () => {
    let times = 0
    const find = keepUntilWritten(store, () => {
      times += 1
      return times === 1 ? Promise.reject(new Error('busy')) : Promise.resolve('found')
    })
    await expect(find()).rejects.toThrow('busy')
    expect(await find()).toBe('found')
  })
})
