import { once } from 'node:events'
import type { RunEvent } from '@millrace/flow'
import { WebSocket } from 'ws'

/** A client of `/api/live`. */
export interface LiveClient {
  readonly socket: WebSocket
  send(frame: unknown): void
  /** The next frame of a type. */
  frame(type: string): Promise<LiveFrame>
  /** The events of a run up to its end. */
  eventsToEnd(runId: string | undefined): Promise<readonly RunEvent[]>
  /** Resolves when an event has come. */
  until(isIt: (event: RunEvent) => boolean): Promise<RunEvent>
}

/** A frame of the server, unchecked. */
// oxlint-disable-next-line no-explicit-any -- tests say what they expect of it
export type LiveFrame = Readonly<Record<string, any>>

/** Connects to a server as its editor does. */
export async function openLiveClient(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<LiveClient> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live`, { origin: url, headers })
  const frames: LiveFrame[] = []
  const events: { readonly runId: unknown; readonly event: RunEvent }[] = []
  const waiting = new Set<() => void>()
  socket.on('message', (data: Buffer) => {
    const frame: LiveFrame = JSON.parse(data.toString())
    frames.push(frame)
    if (frame['type'] === 'events') {
      const { runId } = frame
      for (const event of frame['events']) events.push({ runId, event })
    }
    for (const wake of waiting) wake()
    waiting.clear()
  })
  await once(socket, 'open')
  async function find<T>(look: () => T | undefined): Promise<T> {
    while (true) {
      const found = look()
      if (found !== undefined) return found
      await new Promise<void>((resolve) => waiting.add(resolve))
    }
  }
  const isOf = (runId: string | undefined) => (one: (typeof events)[number]) =>
    runId === undefined || one.runId === runId
  return {
    socket,
    send: (frame) => socket.send(JSON.stringify(frame)),
    frame: (type) =>
      find(() => {
        const index = frames.findIndex((frame) => frame['type'] === type)
        return index === -1 ? undefined : frames.splice(index, 1)[0]
      }),
    eventsToEnd: (runId) =>
      find(() => {
        const last = events.findLast(isOf(runId))
        if (last?.event.type !== 'run-end') return undefined
        return events.filter(isOf(runId)).map(({ event }) => event)
      }),
    until: (isIt) => find(() => events.find(({ event }) => isIt(event))?.event),
  }
}
