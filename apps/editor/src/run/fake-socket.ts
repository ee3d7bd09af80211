import type { RunEvent } from '@millrace/flow'

/** A WebSocket of which a test is the other end. */
export class FakeSocket extends EventTarget {
  readyState = 0
  /** The frames that the editor sent, in order. */
  readonly sent: unknown[] = []

  send(data: string): void {
    this.sent.push(JSON.parse(data))
  }

  close(): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.dispatchEvent(new Event('close'))
  }

  /** The server takes the connection. */
  accept(): this {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
    return this
  }

  /** The server sends a frame. */
  say(frame: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }))
  }
}

/** Opens fake sockets and remembers them, the latest last. */
export function fakeSockets(): {
  readonly sockets: FakeSocket[]
  readonly openSocket: () => WebSocket
} {
  const sockets: FakeSocket[] = []
  return {
    sockets,
    openSocket() {
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket as unknown as WebSocket // it has all that the editor uses of one
    },
  }
}

/** Events of a run with a streaming node, one to a piece of text, without an end. */
export function streamedEvents(pieces: readonly string[]): readonly RunEvent[] {
  const common = { at: 1000 }
  return [
    {
      ...common,
      seq: 1,
      type: 'run-start',
      runId: 'run-1',
      flowId: 'test',
      document: 'hash',
      trace: 'full',
    },
    { ...common, seq: 2, type: 'node-start', visit: 1, nodeId: 'model' },
    ...pieces.map((delta, index): RunEvent => ({
      ...common,
      seq: index + 3,
      type: 'node-delta',
      visit: 1,
      delta,
    })),
  ]
}
