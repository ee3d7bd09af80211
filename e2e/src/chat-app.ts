import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { listenHere, type ListeningServer } from './listen-here.ts'

const entry = `import { createRoot } from 'react-dom/client'
import Chat from './app/page.tsx'
createRoot(document.getElementById('root')).render(<Chat />)
`

/** What a route of such an app is: a request of the web in, a response out. */
interface RouteModule {
  readonly POST: (request: Request) => Promise<Response>
}

/** Serves `app/page.tsx` and `app/api/chat/route.ts` of a directory, as Next.js does with such files. */
export async function startChatApp(directory: string): Promise<ListeningServer> {
  const script = await bundle(directory)
  const route = join(directory, 'app/api/chat/route.ts')
  const { POST } = (await import(pathToFileURL(route).href)) as RouteModule // as it was copied
  const server = createServer(async (request, response) => {
    if (request.url === '/chat.js') {
      response.setHeader('content-type', 'text/javascript').end(script)
      return
    }
    if (request.url !== '/api/chat') {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(
        '<!doctype html><html lang="en"><title>Chat</title><link rel="icon" href="data:," /><div id="root"></div><script type="module" src="/chat.js"></script></html>',
      )
      return
    }
    const answer = await POST(
      new Request(`http://app.test${request.url}`, {
        method: 'POST',
        body: JSON.stringify(await json(request)),
      }),
    )
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    for await (const piece of Readable.from(answer.body ?? [])) response.write(piece)
    response.end()
  })
  return await listenHere(server)
}

/** The page with React and all that it imports, as a browser loads it. */
async function bundle(directory: string): Promise<string> {
  const input = join(directory, 'main.tsx')
  await writeFile(input, entry)
  const built = await build({
    root: directory,
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, rolldownOptions: { input } },
  })
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  const chunk = outputs.find((one) => one.type === 'chunk' && one.isEntry)
  if (chunk?.type !== 'chunk') throw new Error('Nothing was built of the page.')
  return chunk.code
}
