import { create } from 'zustand'

interface SessionState {
  /** The server said that this browser is not signed in, any more or yet. */
  readonly isSignedOut: boolean
}

/** Whether the server knows this browser as the operator's. */
export const useSession = create<SessionState>()(() => ({ isSignedOut: false }))

export function reportSignedOut(isSignedOut: boolean): void {
  if (useSession.getState().isSignedOut !== isSignedOut) useSession.setState({ isSignedOut })
}
