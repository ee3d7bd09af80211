import { basePath } from '../api/base-path.ts'
import { readSession } from '../api/session-api.ts'

/** Opens a socket to `/api/live` of the server that the page is from. */
export function openLiveSocket(): WebSocket {
  const address = new URL(`${basePath}/api/live`, location.href)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(address.href)
  let isOpened = false
  socket.addEventListener('open', () => {
    isOpened = true
  })
  socket.addEventListener('close', () => {
    // A browser does not say why it was refused: perhaps the session ended.
    if (!isOpened) void readSession().catch(() => undefined)
  })
  return socket
}
