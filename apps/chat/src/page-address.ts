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
