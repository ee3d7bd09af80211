import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { RequestHandler } from 'express'

/** What the build leaves beside a file, the smallest first. */
const codings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const

/**
 * Turns a request for a file to the packed one beside it, if the client unpacks that. Whatever serves
 * the file afterwards answers HEAD, ranges and conditions for the packed bytes, as HTTP asks.
 */
export function preferPacked(directory: string): RequestHandler {
  return (request, response, next) => {
    const { path } = request
    // A plain name: looked for nowhere but in the directory.
    const packed = /^\/[\w.-]+$/.test(path)
      ? codings.filter(({ suffix }) => existsSync(join(directory, path + suffix)))
      : []
    if (packed.length > 0) response.vary('Accept-Encoding')
    const coding = packed.find(({ name }) => request.acceptsEncodings(name) === name)
    if (coding !== undefined) {
      response.type(extname(path)).setHeader('Content-Encoding', coding.name)
      request.url = path + coding.suffix
    }
    next()
  }
}
