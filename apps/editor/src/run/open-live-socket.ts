/** Opens a socket to `/api/live` of the server that the page is from. */
export function openLiveSocket(): WebSocket {
  const address = new URL('/api/live', location.href)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  return new WebSocket(address.href)
}
