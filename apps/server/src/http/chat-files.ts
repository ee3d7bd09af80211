import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { FlowError } from '@millrace/flow'
import express, { Router, type Response } from 'express'
import { readBuiltPage } from './built-page.ts'
import { preferPacked } from './packed-files.ts'

/** The chat page and the widget, as they were built. */
export interface ChatFiles {
  readonly directory: string
  /** Whose pages may frame the chat page of a flow. */
  readonly framersOf: (flowId: string) => Promise<readonly string[]>
  readonly basePath: string
}

/**
 * Serves the chat page of every flow at `/chat/{flow}`, under a policy that lets it load nothing
 * foreign, and the widget at `/embed.js`, for pages of any origin: what it may do is decided when it
 * calls.
 */
export function serveChat({ directory, framersOf, basePath }: ChatFiles): Router {
  const router = Router()
  const assets = join(directory, 'assets')
  router.use(
    '/chat/assets',
    preferPacked(assets),
    express.static(assets, { immutable: true, maxAge: '1y', index: false }),
    (request) => {
      throw new FlowError('not_found', `There is no file "${request.originalUrl}".`)
    },
  )
  router.get('/chat/:flow', async (request, response) => {
    const framers = await framersOf(request.params.flow)
    response.setHeader('Content-Security-Policy', policyOf(framers))
    // The older header knows no list of origins.
    if (framers.length > 0) response.removeHeader('X-Frame-Options')
    const page = join(directory, 'index.html')
    if (!expectBuilt(response, page)) return
    response.type('html').send(await readBuiltPage(page, { basePath, place: '/chat/' }))
  })
  router.get('/embed.js', preferPacked(directory), async (request, response) => {
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    await send(response, join(directory, request.path.slice(1)))
  })
  return router
}

function policyOf(framers: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${framers.length === 0 ? "'none'" : framers.join(' ')}`,
  ].join('; ')
}

/** Answers how to build a file that is not there. */
function expectBuilt(response: Response, file: string): boolean {
  if (existsSync(file)) {
    response.setHeader('Cache-Control', 'no-cache')
    return true
  }
  response.status(503).type('text').send('The chat is not built yet. Build it with "pnpm build".')
  return false
}

async function send(response: Response, file: string): Promise<void> {
  if (!expectBuilt(response, file)) return
  await new Promise<void>((resolve, reject) => {
    response.sendFile(file, { cacheControl: false }, (error?: Error) =>
      error === undefined ? resolve() : reject(error),
    )
  })
}
