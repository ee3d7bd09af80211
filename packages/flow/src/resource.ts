import type { ValueOf } from './type.ts'

/** One turn of a conversation: who spoke, and what. */
export type ChatMessage = ValueOf<'chatMessage'>

/** Shortens a conversation before it is sent to a model; keeps the order. */
export interface HistoryReducer {
  reduce(history: readonly ChatMessage[]): Promise<readonly ChatMessage[]>
}

/** What a resource node gives its host, by the name that attachment ports accept. */
export interface Resources {
  readonly historyReducer: HistoryReducer
}

export type ResourceKind = keyof Resources
