import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { readBuiltPage } from '../../../apps/server/src/http/built-page.ts'
import { listenHere, type ListeningServer } from '../listen-here.ts'

/** Where what was built lies. */
export interface BuiltPages {
  readonly editor: string
  readonly chat: string
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** As strict as the server's, so that a picture shows what the policy breaks. */
const policies = {
  editor:
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws:; object-src 'none'; base-uri 'none'",
  chat: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'",
}

/** Where the server serves the pages. */
const places = { editor: '/', chat: '/chat/' }

/** A page of somebody else with the widget. */
const shop = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
<title>Shop</title><style>* { font: 22px serif; color: #624 }</style>
<main id="root"><h1>Wheels and millstones</h1><p>Made to measure, since 1874.</p></main>
<script src="/embed.js" data-flow="mill" data-title="Ask the miller"></script></html>`

/**
 * Serves the built editor at every address that is no file, the chat at `/chat/{flow}`, and at `/shop`
 * a page with its widget.
 */
export async function servePages(built: BuiltPages): Promise<ListeningServer> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://pages').pathname)
    if (path === '/shop') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(shop)
      return
    }
    const isOfChat = path.startsWith('/chat/') || path === '/embed.js'
    const page = isOfChat ? 'chat' : 'editor'
    const file = extname(path) === '' ? 'index.html' : path.replace(/^\/chat\//, '/')
    const read =
      file === 'index.html'
        ? readBuiltPage(join(built[page], file), { basePath: '', place: places[page] })
        : readFile(join(built[page], file))
    read.then(
      (content) => {
        const type = types[extname(file)] ?? 'application/octet-stream'
        response.writeHead(200, { 'content-type': type, 'content-security-policy': policies[page] })
        response.end(content)
      },
      () => response.writeHead(404).end(),
    )
  })
  return await listenHere(server)
}
