import type { ComparedRuns } from '@millrace/flow'
import { useMemo } from 'react'
import { answerOf, wordsOf } from '../chat/answer.ts'
import { placeText, sideText } from './comparison-words.ts'
import styles from './run-comparison.module.css'
import { textDifference, type TextPiece } from './text-difference.ts'

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
  const pieces = useMemo(() => textDifference(...texts), [texts])
  const difference = compared.yields ?? compared.result
  if (difference === undefined) {
    return <p className={styles.quiet}>Both gave the same, to the letter.</p>
  }
  if (texts[0] !== texts[1]) {
    return (
      <div className={styles.sides}>
        <Side pieces={pieces} side="left" name="In this run" />
        <Side pieces={pieces} side="right" name="In the other run" />
      </div>
    )
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
      <div className={styles.sides}>
        <pre tabIndex={0}>{sideText(difference.left)}</pre>
        <pre tabIndex={0}>{sideText(difference.right)}</pre>
      </div>
    </div>
  )
}

interface SideProps {
  readonly pieces: readonly TextPiece[]
  readonly side: 'left' | 'right'
  readonly name: string
}

function Side({ pieces, side, name }: SideProps) {
  const Changed = side === 'left' ? 'del' : 'ins'
  return (
    // It scrolls, so keys must reach it.
    <div className={styles.text} role="region" aria-label={name} tabIndex={0}>
      {pieces.map((piece, index) =>
        piece.in === 'both' ? (
          <span key={index}>{piece.text}</span>
        ) : piece.in === side ? (
          <Changed key={index}>{piece.text}</Changed>
        ) : null,
      )}
    </div>
  )
}
