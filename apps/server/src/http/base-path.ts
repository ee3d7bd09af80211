import type { IncomingMessage } from 'node:http'
import { StartError } from '../start-error.ts'

const basePaths = new WeakMap<IncomingMessage, string>()

/** Reads where on its host the server is: a path without a slash at its end, empty for all of it. */
export function readBasePath(text: string): string {
  const path = text.replace(/\/$/, '')
  if (/^(\/[A-Za-z0-9._~-]+)*$/.test(path) && !/\/\.\.?(\/|$)/.test(path)) return path
  throw new StartError(
    `MILLRACE_BASE_PATH is "${text}". Give a path such as /millrace, of letters, digits, "-", ".", "_" and "~".`,
  )
}

/**
 * Takes the base path off the address of a request, so that whoever reads it knows of none. A request
 * outside of it stays as it is: a proxy may have taken it off already, and probes ask without.
 */
export function leaveBasePath(request: IncomingMessage, basePath: string): void {
  const { url = '/' } = request
  basePaths.set(request, basePath)
  if (basePath === '' || !url.startsWith(basePath)) return
  const rest = url.slice(basePath.length)
  if (rest === '' || rest.startsWith('?')) request.url = `/${rest}`
  else if (rest.startsWith('/')) request.url = rest
}

/** A path of the server as the client of a request asks for it. */
export function pathFor(request: IncomingMessage, path: string): string {
  return `${basePaths.get(request) ?? ''}${path}`
}
