import { emptyFlow, parseFlow, type Flow } from '@millrace/flow'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ApiError, offlineError } from '../api/api-error.ts'
import type { FlowNews } from '../api/flow-news.ts'
import { createSaver } from './create-saver.ts'
import { createDrafts } from './drafts.ts'
import { fakeStorage } from '../testing/fake-storage.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const start = emptyFlow('chat', 'Chat')

/** `lost`: the server does what it is asked, and its answer does not arrive. */
type Network = 'up' | 'down' | 'lost'

/** A server that takes a save on its current revision only, and keeps all it ever had. */
function fakeServer() {
  const history = new Map<string, string>([['1', start.name]])
  let current: { flow: Flow; revision: string } = { flow: start, revision: '1' }
  return {
    history,
    read: () => current,
    save(flow: Flow, basedOn: string | undefined): string {
      if (basedOn !== current.revision) {
        throw new ApiError('conflict', 'Stale.', { details: { currentRevision: current.revision } })
      }
      current = { flow, revision: String(Number(current.revision) + 1) }
      history.set(current.revision, flow.name)
      return current.revision
    },
  }
}

interface Surroundings {
  readonly server: ReturnType<typeof fakeServer>
  readonly store: Storage
  readonly tell: (news: FlowNews) => void
}

function openTab(name: string, { server, store, tell }: Surroundings) {
  let document = { flow: start, savedFlow: start, revision: '1' as string | undefined }
  let network: Network = 'up'
  let edits = 0
  const listeners = new Set<() => void>()
  const heard: FlowNews[] = []
  function put(changes: Partial<typeof document>): void {
    document = { ...document, ...changes }
    for (const listener of listeners) listener()
  }
  /** Answers in a later turn, as a network does. */
  async function call<T>(act: () => T): Promise<T> {
    await new Promise((resolve) => setTimeout(resolve, 20))
    if (network === 'down') throw offlineError()
    const answer = act()
    if (network === 'lost') throw offlineError()
    return answer
  }
  const saver = createSaver({
    read: () => document,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    markSaved: (savedFlow, revision) => put({ savedFlow, revision }),
    takeOver: ({ flow, revision }) => put({ flow, savedFlow: flow, revision }),
    load: () => call(server.read),
    parse: (flow) => Promise.resolve(parseFlow(flow)),
    async store(flow, revision) {
      const saved = await call(() => server.save(flow, revision))
      tell({ kind: 'saved', flowId: flow.id, revision: saved })
      return saved
    },
    drafts: createDrafts({ store, tab: name, now: Date.now }),
  })
  saver.follow()
  let lastTyped = start.name
  return {
    saver,
    heard,
    read: () => document,
    lastTyped: () => lastTyped,
    setNetwork: (next: Network) => void (network = next),
    type() {
      edits += 1
      lastTyped = `${name}${edits}`
      put({ flow: { ...document.flow, name: lastTyped } })
    },
    async hearAll() {
      for (const news of heard.splice(0)) await saver.hear(news)
    },
  }
}

const steps = fc.array(
  fc.record({
    tab: fc.constantFrom(0, 1),
    what: fc.constantFrom('type', 'wait', 'pause', 'save', 'up', 'down', 'lost', 'hear', 'look'),
  }),
  { minLength: 4, maxLength: 25 },
)

it('two tabs on one flow never lose what was typed', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const server = fakeServer()
      const store = fakeStorage()
      const tabs = ['left ', 'right '].map((name, index) =>
        openTab(name, { server, store, tell: (news) => void tabs[1 - index]?.heard.push(news) }),
      )
      for (const { tab: index, what } of all) {
        const tab = tabs[index]
        if (tab === undefined) continue
        if (what === 'type') tab.type()
        else if (what === 'wait') await vi.advanceTimersByTimeAsync(10)
        else if (what === 'pause') await vi.advanceTimersByTimeAsync(1500)
        else if (what === 'save') void tab.saver.save()
        else if (what === 'hear') void tab.hearAll()
        else if (what === 'look') void tab.saver.look()
        else tab.setNetwork(what)
      }
      for (const tab of tabs) tab.setNetwork('up')
      for (let round = 0; round < 3; round += 1) {
        await vi.advanceTimersByTimeAsync(130_000)
        for (const tab of tabs) void tab.hearAll()
        // News may not have come: a tab that comes to the front asks.
        for (const tab of tabs) void tab.saver.look()
      }

      await vi.advanceTimersByTimeAsync(1000)

      const everSaved = new Set(server.history.values())
      for (const tab of tabs) {
        const { flow, savedFlow, revision } = tab.read()
        const { kind } = tab.saver.status.getState()
        // What was typed last is here, or was saved once.
        if (flow.name !== tab.lastTyped()) expect(everSaved).toContain(tab.lastTyped())
        // What counts as saved is what the server has under that revision.
        expect(server.history.get(revision ?? '')).toBe(savedFlow.name)
        // With the server there, nothing is left but what a designer must decide.
        expect(['rested', 'conflict']).toContain(kind)
        if (kind === 'rested') {
          expect(flow.name).toBe(server.read().flow.name)
          expect(revision).toBe(server.read().revision)
        }
      }
    }),
    { numRuns: 1000 },
  )
})
