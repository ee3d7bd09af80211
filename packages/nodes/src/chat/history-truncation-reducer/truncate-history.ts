import type { ChatMessage } from '@millrace/flow'

/** How a history is shortened. */
export interface Truncation {
  /** How many messages stay. */
  readonly target: number
  /** How many more there may be before any goes. */
  readonly threshold: number
}

/**
 * The latest messages of a history that is longer than target and threshold together. An answer at
 * their beginning goes too: without its question it only misleads the model.
 */
export function truncateHistory(
  history: readonly ChatMessage[],
  { target, threshold }: Truncation,
): readonly ChatMessage[] {
  if (history.length <= target + threshold) return history
  const latest = history.slice(-target)
  return latest[0]?.role === 'assistant' ? latest.slice(1) : latest
}
