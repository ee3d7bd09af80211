import { titleOf, type Flow, type Problem } from '@millrace/flow'
import { CircleAlert, CircleCheck, TriangleAlert, Workflow } from 'lucide-react'
import { useMemo } from 'react'
import { NodeIcon } from '../canvas/node-icon.tsx'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { FixButton, FixButtons } from './fix-buttons.tsx'
import { sharedBreaks } from './fixes.ts'
import { leadTo } from './lead-to.ts'
import styles from './problems-panel.module.css'

/** Everything that is wrong with the document, by node; a click leads to the node and its field. */
export function ProblemsPanel() {
  const flow = useDocument(selectFlow)
  const problems = useDocument(selectProblems)
  const groups = useMemo(() => [...Map.groupBy(problems, (problem) => problem.nodeId)], [problems])
  if (problems.length === 0) {
    return (
      <EmptyState icon={<CircleCheck size={20} aria-hidden />} title="No problems">
        The flow can run.
      </EmptyState>
    )
  }
  return (
    <>
      {sharedBreaks(problems, registry).map(({ from, to, count, fix }) => (
        <p key={`${from} ${to}`} className={styles.shared} role="note">
          <span>
            “{from}” is no variable any more, and {count} references miss it.
          </span>
          <FixButton fix={fix} />
        </p>
      ))}
      <ul className={styles.groups}>
        {groups.map(([nodeId, group]) => (
          <NodeProblems key={nodeId ?? ''} flow={flow} nodeId={nodeId} problems={group} />
        ))}
      </ul>
    </>
  )
}

interface NodeProblemsProps {
  readonly flow: Flow
  readonly nodeId: string | undefined
  readonly problems: readonly Problem[]
}

function NodeProblems({ flow, nodeId, problems }: NodeProblemsProps) {
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const definition = node && registry.nodes.get(node.type)
  const title = node === undefined ? flow.name : titleOf(node, definition)
  return (
    <li>
      <h3 className={styles.title}>
        {node === undefined ? (
          <Workflow size={14} aria-hidden />
        ) : (
          <NodeIcon definition={definition} size={14} />
        )}
        {title}
        {node !== undefined && definition !== undefined && title !== definition.title && (
          <span className={styles.type}>{definition.title}</span>
        )}
      </h3>
      <ul>
        {problems.map((problem, index) => (
          <li key={`${problem.code} ${problem.property ?? ''} ${index}`} className={styles.line}>
            <button
              type="button"
              className={styles.problem}
              data-problem
              onClick={() => leadTo(problem)}
            >
              <span className={styles.sign} data-severity={problem.severity}>
                {problem.severity === 'error' ? (
                  <CircleAlert size={14} aria-hidden />
                ) : (
                  <TriangleAlert size={14} aria-hidden />
                )}
                <span className="visually-hidden">
                  {problem.severity === 'error' ? 'Error: ' : 'Warning: '}
                </span>
              </span>
              <span className={styles.message}>{problem.message}</span>
              {problem.property !== undefined && (
                <span className={styles.property}>
                  {definition?.properties[problem.property]?.label ?? problem.property}
                </span>
              )}
            </button>
            <FixButtons problem={problem} />
          </li>
        ))}
      </ul>
    </li>
  )
}

function selectFlow({ flow }: DocumentState): Flow {
  return flow
}

function selectProblems({ problems }: DocumentState): readonly Problem[] {
  return problems
}
