/** Where a page of a chat is from, without a slash at its end, and whose chat it is. */
export interface PageAddress {
  readonly baseUrl: string
  readonly flowId: string
}

/** Reads it from the page's address: below where chats are, as the server writes it into the page. */
export function readPageAddress(): PageAddress {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="millrace-base"]')
  return pageAddressOf(location.href, meta?.content ?? '/chat/')
}

/** The same of a page's address, and of the path below which its server has chats. */
export function pageAddressOf(href: string, chatsPath: string): PageAddress {
  const chats = new URL(chatsPath, href)
  const [flowId = ''] = new URL(href).pathname.slice(chats.pathname.length).split('/')
  return { baseUrl: parentOf('..', chats), flowId: decodeURIComponent(flowId) }
}

/** The server whose widget a script is, which lies beside what else it serves. */
export function serverOfScript(src: string): string {
  return parentOf('.', src)
}

function parentOf(step: '.' | '..', address: string | URL): string {
  return new URL(step, address).href.replace(/\/$/, '')
}

/**
 * Takes what vouches for the visitor out of the page's address, `#token=…`, where it would stay in
 * bookmarks and be sent on to others. Servers never see that part.
 */
export function takeSigned(): string | undefined {
  const signed = new URLSearchParams(location.hash.slice(1)).get('token')
  if (signed === null) return undefined
  history.replaceState(null, '', location.pathname + location.search)
  return signed
}
