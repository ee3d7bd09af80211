import { isRecord } from '@millrace/flow'

/** What became of a flow on the server by the doing of another tab. */
export type FlowNews =
  /** It was saved, made, or brought back. */
  | { readonly kind: 'saved'; readonly flowId: string; readonly revision: string }
  | { readonly kind: 'deleted'; readonly flowId: string }

const channel = new BroadcastChannel('millrace.flows')

/** Tells the other tabs of this browser what this one did with a flow on the server. */
export function tellOtherTabs(news: FlowNews): void {
  channel.postMessage(news)
}

/** Hears what other tabs did; stops when the returned function is called. */
export function hearOtherTabs(listener: (news: FlowNews) => void): () => void {
  function onMessage({ data }: MessageEvent): void {
    const news = readNews(data)
    if (news !== undefined) listener(news)
  }
  channel.addEventListener('message', onMessage)
  return () => channel.removeEventListener('message', onMessage)
}

/** A tab that was loaded from an older editor may say what this one does not know. */
function readNews(said: unknown): FlowNews | undefined {
  if (!isRecord(said) || typeof said['flowId'] !== 'string') return undefined
  const { flowId, kind, revision } = said
  if (kind === 'deleted') return { kind, flowId }
  if (kind === 'saved' && typeof revision === 'string') return { kind, flowId, revision }
  return undefined
}
