import type { RunCall } from '@millrace/flow'

/** Something about how a model ended its answer that its reader should know, though nothing failed. */
export interface OutcomeNote {
  readonly title: string
  readonly text: string
  /** The node whose model it was. */
  readonly nodeId: string
}

/** What is to be said of the last answer of a model; `undefined` for one that simply ended. */
export function outcomeNote(calls: readonly RunCall[]): OutcomeNote | undefined {
  const last = calls.findLast(({ kind }) => kind === 'model')
  if (last === undefined) return undefined
  const { nodeId, refusal, finishReason } = last
  if (refusal !== undefined) return { title: 'The model refused', text: refusal, nodeId }
  switch (finishReason) {
    case 'length':
      return {
        title: 'Cut at the token limit',
        text: 'The model had more to say. Raise the limit of its node, or ask for a shorter answer.',
        nodeId,
      }
    case 'content_filter':
      return {
        title: 'Ended by the content filter',
        text: 'The provider held back the rest of the answer. Put the question in another way.',
        nodeId,
      }
    default:
      return undefined
  }
}
