/** Where a server is in its life; health and new runs depend on it. */
export interface ServerState {
  status: 'starting' | 'ready' | 'draining'
}
