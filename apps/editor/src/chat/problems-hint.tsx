import type { Problem } from '@millrace/flow'
import { Crosshair, ListChecks } from 'lucide-react'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { leadTo } from '../problems/lead-to.ts'
import { sessionCommands } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import styles from './problems-hint.module.css'

/** What keeps the flow from running: the first of its errors in words, and the way to all of them. */
export function ProblemsHint() {
  const problems = useDocument(selectProblems)
  const errors = problems.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first === undefined) return null
  return (
    <div className={styles.hint} role="note">
      <strong>
        {errors.length === 1
          ? 'A problem keeps the flow from running'
          : `${errors.length} problems keep the flow from running`}
      </strong>
      <p>{first.message}</p>
      <div className={styles.actions}>
        {first.nodeId !== undefined && (
          <Button
            size="small"
            icon={<Crosshair size={14} aria-hidden />}
            onClick={() => leadTo(first)}
          >
            Show node
          </Button>
        )}
        {errors.length > 1 && (
          <Button
            size="small"
            icon={<ListChecks size={14} aria-hidden />}
            onClick={() => sessionCommands.openBottomPanel('problems')}
          >
            Show problems
          </Button>
        )}
      </div>
    </div>
  )
}

function selectProblems({ problems }: DocumentState): readonly Problem[] {
  return problems
}
