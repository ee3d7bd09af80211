import type { Problem } from '@millrace/flow'
import { CircleAlert, TriangleAlert } from 'lucide-react'
import { leadTo } from '../problems/lead-to.ts'
import { sessionCommands } from '../session/session-store.ts'
import styles from './problem-badge.module.css'

interface ProblemBadgeProps {
  readonly title: string
  readonly problems: readonly Problem[]
}

/** How many problems a node has; leads to the worst of them. */
export function ProblemBadge({ title, problems }: ProblemBadgeProps) {
  const worst = problems.find(({ severity }) => severity === 'error') ?? problems[0]
  if (worst === undefined) return null
  const Icon = worst.severity === 'error' ? CircleAlert : TriangleAlert
  const count = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`
  return (
    <button
      type="button"
      className={`${styles.badge} nodrag`}
      data-severity={worst.severity}
      data-several={problems.length > 1 || undefined}
      data-testid="node-problems"
      aria-label={`${title}: ${count}`}
      title={problems.map(({ message }) => message).join('\n')}
      onClick={(event) => {
        event.stopPropagation()
        sessionCommands.openBottomPanel('problems')
        leadTo(worst)
      }}
    >
      <Icon size={13} aria-hidden />
      {problems.length > 1 && problems.length}
    </button>
  )
}
