import { readBinding, type JsonValue, type Problem } from '@millrace/flow'
import styles from './cell-problems.module.css'

export interface CellProblemsProps {
  /** Those of the whole property. */
  readonly problems: readonly Problem[]
  /** Where the cell stands in the property's value. */
  readonly part: readonly (string | number)[]
  /** What the cell holds. */
  readonly value: JsonValue | undefined
}

/** What is wrong with one cell of a value; stands right after the cell. */
export function CellProblems({ problems, part, value }: CellProblemsProps) {
  const isExpression = value !== undefined && readBinding(value)?.kind === 'expression'
  const messages = problems
    .filter((problem) => isAt(problem, part) && (!isExpression || isNotOfExpression(problem)))
    .map(({ message }) => message)
  // Where there is nothing to say, the place can still be led to.
  return messages.length === 0 ? (
    <span hidden data-part={part.join('.')} />
  ) : (
    <p className={styles.problem} data-part={part.join('.')}>
      {messages.join(' ')}
    </p>
  )
}

/** Whether a problem is about exactly this part of the property's value. */
export function isAt(problem: Problem, part: readonly (string | number)[]): boolean {
  return (
    problem.part?.length === part.length &&
    part.every((step, index) => step === problem.part?.[index])
  )
}

/** What is wrong with an expression itself is told right below it, as its author needs it. */
export function isNotOfExpression({ code }: Problem): boolean {
  return code !== 'expression_invalid' && code !== 'maybe_null' && code !== 'type_mismatch'
}
