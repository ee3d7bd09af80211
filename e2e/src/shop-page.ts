import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A page of another origin than Millrace's. */
export interface ShopPage extends AsyncDisposable {
  readonly origin: string
}

/** Serves a page, in which everything looks other than in ours, with what is given in its body. */
export async function startShopPage(body: string): Promise<ShopPage> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(
      `<!doctype html><html lang="en"><title>Shop</title><style>* { font: 30px serif !important; color: red }</style><h1>Shop</h1>${body}</html>`,
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // A TCP server's address is never a string.
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
