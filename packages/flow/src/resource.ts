import type { ValueOf } from './type.ts'

/** One turn of a conversation: who spoke, and what. */
export type ChatMessage = ValueOf<'chatMessage'>

/** Shortens a conversation before it is sent to a model; keeps the order. */
export interface HistoryReducer {
  reduce(history: readonly ChatMessage[]): Promise<readonly ChatMessage[]>
}

/** Turns texts into vectors, all of one length; the order stays. */
export interface TextEmbedder {
  embed(texts: readonly string[]): Promise<readonly (readonly number[])[]>
}

/** Cuts a text into pieces, in its order. */
export interface TextSplitter {
  split(text: string): Promise<readonly string[]>
}

/** What a resource node gives its host, by the name that attachment ports accept. */
export interface Resources {
  readonly historyReducer: HistoryReducer
  readonly textEmbedder: TextEmbedder
  readonly textSplitter: TextSplitter
}

export type ResourceKind = keyof Resources
