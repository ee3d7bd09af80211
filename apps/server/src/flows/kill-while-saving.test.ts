import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rounds, roundsTimeout } from '@millrace/engine/testing'
import { serializeFlow } from '@millrace/flow'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { killServer, spawnMain, whenReady, type ServerProcess } from '../testing/server-process.ts'

const kills = rounds({ short: 2, long: 100 })
const flows = ['one', 'two', 'three', 'four']

let directory: string
let server: ServerProcess | undefined
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-saves-'))
})
afterEach(async () => {
  if (server !== undefined) await killServer(server)
  rmSync(directory, { recursive: true })
})

const start = async () => (server = await whenReady(spawnMain(directory, {})))

const call = (path: string) => fetch(`${server?.url}/api/flows${path}`)

/** Creates a flow, or saves it on a revision. */
function save(id: string, text: string, revision?: number): Promise<Response> {
  const isNew = revision === undefined
  return fetch(`${server?.url}/api/flows${isNew ? '' : `/${id}`}`, {
    method: isNew ? 'POST' : 'PUT',
    body: text,
    headers: {
      'content-type': 'application/json',
      ...(isNew ? {} : { 'if-match': `"${revision}"` }),
    },
  })
}

/** What a revision of a flow is saved as: another name each time. */
const textOf = (id: string, revision: number) =>
  serializeFlow({ ...echoFlow(id), name: `${id} ${revision}` })

/** Saves a flow again and again, and answers the last revision that was acknowledged. */
async function saveUntilKilled(id: string, from: number, onSaved: () => void): Promise<number> {
  for (let revision = from; ; revision += 1) {
    const answer = await save(id, textOf(id, revision + 1), revision)
      .then(async (response) => [response.status, await response.text()])
      .catch(() => undefined)
    if (answer === undefined) return revision
    expect(answer[0]).toBe(200)
    onSaved()
  }
}

it(
  'has every save that it acknowledged, with its revision, after it was killed while it saved',
  { timeout: 3 * roundsTimeout },
  async () => {
    await start()
    for (const id of flows) await save(id, textOf(id, 1))
    const revisions = new Map(flows.map((id) => [id, 1]))
    let acknowledged = 0
    let unheard = 0
    for (let count = 0; count < kills; count += 1) {
      // At another moment each time, none of them between two saves.
      const enough = Promise.withResolvers<void>()
      let left = 1 + ((count * 37) % 60)
      const onSaved = () => (left -= 1) <= 0 && enough.resolve()
      const saving = flows.map((id) => saveUntilKilled(id, revisions.get(id) ?? 1, onSaved))
      await enough.promise
      if (server !== undefined) await killServer(server)
      const saved = await Promise.all(saving)
      await start()
      for (const [index, id] of flows.entries()) {
        const before = revisions.get(id) ?? 1
        const last = saved[index] ?? 1
        for (let revision = before; revision <= last; revision += 1) {
          const text = await (await call(`/${id}/revisions/${revision}`)).text()
          expect(text).toBe(textOf(id, revision))
        }
        // A save whose answer was cut off is there whole, or not at all.
        const answer = await call(`/${id}`)
        const current = Number(answer.headers.get('etag')?.replaceAll('"', ''))
        expect([last, last + 1]).toContain(current)
        expect(await answer.text()).toBe(textOf(id, current))
        revisions.set(id, current)
        acknowledged += last - before
        unheard += current - last
      }
    }
    console.log(`${kills} kills: ${acknowledged} acknowledged saves, 0 lost; ${unheard} unheard`)
  },
)
