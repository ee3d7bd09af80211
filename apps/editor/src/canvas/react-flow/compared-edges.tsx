import { BaseEdge, EdgeLabelRenderer, getBezierPath, type EdgeProps } from '@xyflow/react'
import styles from './comparison-view.module.css'
import type { ComparedEdge as ComparedEdgeType } from './to-compared.ts'
import { useExecPath } from './use-exec-path.ts'

/** An edge of a comparison, with a sign in its middle where it is new or gone. */
export function ComparedEdge(props: EdgeProps<ComparedEdgeType>) {
  const { id, data, type } = props
  const exec = useExecPath(props)
  const [path, x, y] = type === 'attachment' ? getBezierPath(props) : exec
  const mark = data?.mark
  return (
    <>
      <BaseEdge id={id} path={path} className={styles.edge} data-kind={type} data-mark={mark} />
      {mark !== undefined && (
        <EdgeLabelRenderer>
          <span
            className={styles.sign}
            data-mark={mark}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
            aria-hidden
          >
            {mark === 'added' ? '+' : '−'}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  )
}
