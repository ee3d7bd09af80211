import type { EventEmitter } from 'node:events'

/** So many messages are remembered; each try to connect brings one or two. */
const mostRemembered = 50

/**
 * The numbers of errors that a server gave while somebody logged in. The driver rejects with the last
 * message alone, but 4060 (no such database) comes before a plain 18456 (login failed).
 */
export class LoginErrors {
  readonly #numbersByMessage = new Map<string, readonly number[]>()

  /** Remembers what one session of the driver is told. */
  listenTo(session: EventEmitter): void {
    const numbers: number[] = []
    const listen = ({ number, message }: { readonly number: number; readonly message: string }) => {
      numbers.push(number)
      const [oldest] = this.#numbersByMessage.keys()
      if (this.#numbersByMessage.size >= mostRemembered && oldest !== undefined) {
        this.#numbersByMessage.delete(oldest)
      }
      this.#numbersByMessage.set(message, numbers)
    }
    session.on('errorMessage', listen)
    session.once('connect', () => session.off('errorMessage', listen))
  }

  /** What the login that ended with this message was told, in order; none when it was something else. */
  numbersFor(message: string): readonly number[] {
    return this.#numbersByMessage.get(message) ?? []
  }
}
