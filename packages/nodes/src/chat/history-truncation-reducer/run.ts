import { implementResource } from '@millrace/engine'
import { historyTruncationReducer } from './definition.ts'
import { truncateHistory } from './truncate-history.ts'

/** Gives its host a reducer with the counts that hold when the host starts. */
export const provideHistoryTruncationReducer = implementResource(
  historyTruncationReducer,
  ({ properties: { targetCount, thresholdCount } }) => ({
    reduce: (history) =>
      Promise.resolve(truncateHistory(history, { target: targetCount, threshold: thresholdCount })),
  }),
)
