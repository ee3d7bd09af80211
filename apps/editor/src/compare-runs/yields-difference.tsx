import type { ComparedRuns } from '@millrace/flow'
import { useMemo } from 'react'
import { answerOf, wordsOf } from '@millrace/chat-view/answer'
import { placeText } from './comparison-words.ts'
import styles from './run-comparison.module.css'
import { Sides } from './sides.tsx'

/** What both runs gave their clients: as one text each where it reads as one, else where it differs first. */
export function YieldsDifference({ compared }: { readonly compared: ComparedRuns }) {
  const { left, right } = compared
  const texts = useMemo(
    () =>
      [
        wordsOf(answerOf(left.yields, left.result)),
        wordsOf(answerOf(right.yields, right.result)),
      ] as const,
    [left, right],
  )
  const difference = compared.yields ?? compared.result
  if (difference === undefined) {
    return <p className={styles.quiet}>Both gave the same, to the letter.</p>
  }
  if (texts[0] !== texts[1]) {
    return <Sides left={texts[0]} right={texts[1]} />
  }
  // The same words in other pieces are no other answer.
  if (texts[0] !== '') {
    return <p className={styles.quiet}>Both gave the same words, in other pieces.</p>
  }
  return (
    <div className={styles.outputs}>
      <p>
        First difference: <code>{placeText(difference)}</code>
      </p>
      <Sides left={difference.left} right={difference.right} />
    </div>
  )
}
