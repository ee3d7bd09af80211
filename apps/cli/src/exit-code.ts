/** What a command's exit code says. */
export const exitCodes = {
  ok: 0,
  /** The flow has problems, or its run failed. */
  failed: 1,
  /** The command line itself could not be understood. */
  usage: 2,
  /** Stopped by Ctrl+C: what shells expect of a command that SIGINT ended. */
  interrupted: 130,
} as const

/** A command line that cannot be understood; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
