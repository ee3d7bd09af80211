import pino, { type DestinationStream, type Logger } from 'pino'
import type { LogLevel } from './settings.ts'

/** The server's own log: one JSON object a line, with nothing secret in it; on standard error. */
export function createServerLog(
  level: LogLevel,
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger {
  return pino(
    {
      level,
      base: null,
      redact: { paths: secretPaths, censor: '[secret]' },
      serializers: { err: describeError },
    },
    destination,
  )
}

const secretNames = [
  'apiKey',
  'password',
  'secret',
  'token',
  'authorization',
  'cookie',
  'secretKey',
]
const secretPaths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

interface DescribedError {
  readonly type: string
  readonly message: string
  readonly code?: unknown
  readonly stack?: string | undefined
  readonly cause?: DescribedError
}

/** What helps to find a defect. A vendor's error also holds its answer, which stays out of the log. */
function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) }
  return {
    type: error.name,
    message: error.message,
    ...('code' in error ? { code: error.code } : {}),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}
