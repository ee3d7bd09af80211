/** Where a page of a chat is from, without a slash at its end, and whose chat it is. */
export interface PageAddress {
  readonly baseUrl: string
  readonly flowId: string
}

/** Reads it from the page's address: below where chats are, as the server writes it into the page. */
export function readPageAddress(): PageAddress {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="millrace-base"]')
  const chats = new URL(meta?.content ?? '/chat/', location.href)
  const [flowId = ''] = location.pathname.slice(chats.pathname.length).split('/')
  const baseUrl = new URL('..', chats).href.replace(/\/$/, '')
  return { baseUrl, flowId: decodeURIComponent(flowId) }
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
