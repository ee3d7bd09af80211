import type { Connection } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import { textField } from '../text-field.server.ts'

/** The longest that connecting may take, in seconds: longer waits are hangs, and overflow timers. */
const longestConnect = 600

/** A text that a login cannot do without; a driver would look for it in the environment. */
export function neededText(connection: Connection, key: string, label: string): string {
  const text = textField(connection, key)
  if (text !== undefined) return text
  throw incomplete(`"${connection.name}" has no ${label}. Enter it in the connection.`)
}

/** The port that a connection names, else the usual one. */
export function portOf(given: unknown, usual: number, { name }: Connection): number {
  const port = Number(given ?? usual)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw incomplete(`The port of "${name}" is none. Enter a whole number from 1 to 65535.`)
}

/** How long connecting may take, in milliseconds: never without a limit. */
export function connectMs({ fields }: Connection): number {
  const seconds = Number(fields['connectTimeoutSeconds'] ?? 60)
  return Math.min(seconds > 0 ? seconds : 60, longestConnect) * 1000
}

function incomplete(message: string): FlowError {
  return new FlowError('database_unavailable', message, {
    property: 'connection',
    details: { reason: 'incomplete' },
  })
}
