import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { FlowError } from '@millrace/flow'
import express, { Router } from 'express'
import { readBuiltPage } from './built-page.ts'
import { preferPacked } from './packed-files.ts'

/**
 * Serves the built editor. Every other address is the editor's own to read, so it answers with the
 * editor's page. Files with a hash in their name never change.
 */
export function serveEditor(
  directory: string,
  { pageCookie, basePath }: { readonly pageCookie: string | undefined; readonly basePath: string },
): Router {
  const router = Router()
  const page = join(directory, 'index.html')
  const assets = join(directory, 'assets')
  router.use(
    '/assets',
    preferPacked(assets),
    express.static(assets, { immutable: true, maxAge: '1y', index: false }),
    (request) => {
      throw new FlowError('not_found', `There is no file "${request.originalUrl}".`)
    },
  )
  router.use(express.static(directory, { index: false, maxAge: 0 }))
  router.use(async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new FlowError('not_found', `There is no ${request.method} ${request.path}.`)
    }
    response.setHeader('Cache-Control', 'no-cache')
    if (pageCookie !== undefined) response.setHeader('Set-Cookie', pageCookie)
    if (existsSync(page)) {
      response.type('html').send(await readBuiltPage(page, { basePath, place: '/' }))
    } else {
      response.status(503).type('html').send(notBuilt)
    }
  })
  return router
}

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Millrace</title>
<body style="font: 16px/1.6 system-ui; max-width: 34em; margin: 15vh auto; padding: 0 1em">
<h1>The editor is not built yet</h1>
<p>The server runs and its API answers. Build the editor with <code>pnpm build</code>, then reload
this page; or use <code>pnpm dev</code> while you change it.</p>
`
