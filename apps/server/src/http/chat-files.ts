import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { FlowError } from '@millrace/flow'
import express, { Router, type Response } from 'express'
import { preferPacked } from './packed-files.ts'

/** The chat page and the widget, as they were built. */
export interface ChatFiles {
  readonly directory: string
  /** Whose pages may frame the chat page of a flow. */
  readonly framersOf: (flowId: string) => Promise<readonly string[]>
}

/**
 * Serves the chat page of every flow at `/chat/{flow}`, under a policy that lets it load nothing
 * foreign, and the widget at `/embed.js`, for pages of any origin: what it may do is decided when it
 * calls.
 */
export function serveChat({ directory, framersOf }: ChatFiles): Router {
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
    await send(response, directory, 'index.html')
  })
  router.get('/embed.js', preferPacked(directory), async (request, response) => {
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    await send(response, directory, request.path.slice(1))
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

async function send(response: Response, directory: string, name: string): Promise<void> {
  const file = join(directory, name)
  if (!existsSync(file)) {
    response.status(503).type('text').send('The chat is not built yet. Build it with "pnpm build".')
    return
  }
  response.setHeader('Cache-Control', 'no-cache')
  await new Promise<void>((resolve, reject) => {
    response.sendFile(file, { cacheControl: false }, (error?: Error) =>
      error === undefined ? resolve() : reject(error),
    )
  })
}
