import { useStore } from 'zustand'
import type { Chat, ChatState } from './chat-store.ts'

/** A part of a chat, as it stands. */
export function useChat<T>({ store }: Chat, select: (state: ChatState) => T): T {
  return useStore(store, select)
}
