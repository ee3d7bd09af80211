import { expect, type Page, type WebSocketRoute } from '@playwright/test'
import { chatFlow } from '../src/chat-flow.ts'
import { startFakeModelServer, textAnswer, type FakeModelServer } from '../src/fake-model-server.ts'
import type { TextAnswer } from '../src/fake-answer.ts'
import { test } from '../src/journey.ts'
import { storeConnection, storeFlow } from '../src/stored.ts'
import type { MillraceServer } from '../src/millrace-server.ts'

const words = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ')

test('streaming draws the texts of its nodes anew, and no card', async ({
  page,
  millrace,
  designer,
}) => {
  const rest = Promise.withResolvers<void>()
  await using provider = await startStreaming(millrace, 'drawn', {
    delayMs: 5,
    pause: { afterTokens: 2, until: rest.promise },
  })
  await designer.open(await storeFlow(millrace, flowOn('drawn')))
  await designer.ask('Go on')
  await expect(designer.card('yield')).toContainText('×2')

  await watchCards(page)
  rest.resolve()
  await expect(designer.card('yield')).toContainText('×60')
  // The node ends after its last piece was drawn.
  await expect(designer.status('chat')).toContainText('Completed')
  const changes = await cardChanges(page)
  expect(Object.keys(changes).sort()).toEqual([
    'chat node-exit',
    'chat node-halo',
    'chat node-status',
    'chat node-stream',
    'yield node-status',
  ])
  // At most one drawing for each piece; fewer when pieces come faster than frames.
  expect(changes['chat node-stream']).toBeLessThanOrEqual(60)
  expect(provider.requests).toHaveLength(1)
})

test('Stop closes the socket to the provider at once, and the run is cancelled @alone', async ({
  page,
  millrace,
  designer,
}) => {
  await using provider = await startStreaming(millrace, 'stopped', {
    pause: { afterTokens: 3, until: new Promise(() => undefined) },
  })
  await designer.open(await storeFlow(millrace, flowOn('stopped')))
  await designer.ask('Go on')
  await expect(designer.conversation).toContainText('word2')

  const clickedAt = page.evaluate(
    () =>
      new Promise<number>((resolve) =>
        window.addEventListener('click', () => resolve(Date.now()), { capture: true, once: true }),
      ),
  )
  await designer.runButton.click()
  await expect(designer.conversation).toContainText('Stopped.')
  await expect(designer.conversation).toContainText('word2')
  await expect(designer.status('chat')).toContainText('Cancelled')
  await expect(designer.runButton).toContainText('Run')

  const end = await provider.requests[0]?.ended
  expect(end?.how).toBe('client-left')
  expect((end?.at ?? Infinity) - (await clickedAt)).toBeLessThan(250)
})

test('a socket that drops in the middle of a run misses nothing', async ({
  page,
  millrace,
  designer,
}) => {
  const rest = Promise.withResolvers<void>()
  await using _ = await startStreaming(millrace, 'dropped', {
    pause: { afterTokens: 3, until: rest.promise },
  })
  const line = await routeLive(page)
  await designer.open(await storeFlow(millrace, flowOn('dropped')))
  await designer.ask('Go on')
  await expect(designer.conversation).toContainText('word2')

  await line.cut()
  await expect(designer.conversation).toContainText('The connection was lost. Reconnecting')
  rest.resolve()
  line.restore()
  await expect(designer.conversation).toContainText(words)
  await expect(designer.card('yield')).toContainText('×60')
  await expect(designer.conversation).not.toContainText('Reconnecting')
})

function flowOn(connection: string) {
  return chatFlow(`live-${connection}`, { chat: { connection, modelId: 'm' } })
}

/** A provider whose one model says `words`, and the connection to it. */
async function startStreaming(
  millrace: MillraceServer,
  id: string,
  options: Partial<TextAnswer>,
): Promise<FakeModelServer> {
  const provider = await startFakeModelServer({ models: { m: textAnswer(words, options) } })
  await storeConnection(millrace, { id, name: id, baseUrl: provider.url })
  return provider
}

/** Lets the test cut the editor's live socket, and hold every new one off until it is restored. */
async function routeLive(page: Page) {
  let open: WebSocketRoute | undefined
  let isCut = false
  await page.routeWebSocket('**/api/live', async (socket) => {
    if (isCut) return socket.close()
    open = socket
    socket.connectToServer()
  })
  return {
    async cut() {
      isCut = true
      await open?.close()
    },
    restore() {
      isCut = false
    },
  }
}

interface Watched {
  cardChanges: Record<string, number>
}

/** Counts from now on what changes in the cards: by card and the part of it. */
async function watchCards(page: Page): Promise<void> {
  await page.evaluate(() => {
    const counts: Record<string, number> = {}
    Object.assign(window, { cardChanges: counts })
    const observer = new MutationObserver((records) => {
      const parts = new Set(
        records.map(({ target }) => {
          const element = target instanceof Element ? target : target.parentElement
          const card = element?.closest('.react-flow__node')?.getAttribute('data-id') ?? 'canvas'
          const part = element?.closest('[data-testid]')?.getAttribute('data-testid') ?? 'itself'
          return `${card} ${part}`
        }),
      )
      for (const part of parts) counts[part] = (counts[part] ?? 0) + 1
    })
    const nodes = document.querySelector('.react-flow__nodes')
    if (nodes === null) throw new Error('There is no canvas.')
    observer.observe(nodes, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    })
  })
}

function cardChanges(page: Page): Promise<Readonly<Record<string, number>>> {
  return page.evaluate(() => (window as unknown as Watched).cardChanges) // set by `watchCards`
}
