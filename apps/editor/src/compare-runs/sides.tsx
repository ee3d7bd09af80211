import { useMemo } from 'react'
import { sideText } from './comparison-words.ts'
import styles from './run-comparison.module.css'
import { textDifference, type TextPiece } from './text-difference.ts'

interface SidesProps {
  readonly left: unknown
  readonly right: unknown
}

/** What each of two runs has, side by side; of two texts, what only one of them has is marked. */
export function Sides({ left, right }: SidesProps) {
  const pieces = useMemo(() => piecesOf(left, right), [left, right])
  return (
    <div className={styles.sides}>
      <Side pieces={pieces} side="left" name="In this run" />
      <Side pieces={pieces} side="right" name="In the other run" />
    </div>
  )
}

function piecesOf(left: unknown, right: unknown): readonly TextPiece[] {
  if (typeof left === 'string' && typeof right === 'string') return textDifference(left, right)
  return [
    { text: sideText(left), in: 'left' },
    { text: sideText(right), in: 'right' },
  ]
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
    <div className={styles.text} role="group" aria-label={name} tabIndex={0}>
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
