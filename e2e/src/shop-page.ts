import { createServer } from 'node:http'
import { listenHere, type ListeningServer } from './listen-here.ts'

/** Serves a page, in which everything looks other than in ours, with what is given in its body. */
export async function startShopPage(body: string): Promise<ListeningServer> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(
      `<!doctype html><html lang="en"><title>Shop</title><style>* { font: 30px serif !important; color: red }</style><h1>Shop</h1>${body}</html>`,
    )
  })
  return await listenHere(server)
}
