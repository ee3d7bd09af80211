import {
  BaseEdge,
  EdgeLabelRenderer,
  getBezierPath,
  useReactFlow,
  type EdgeProps,
} from '@xyflow/react'
import { isWrap, wrapPath } from '../wrap-path.ts'
import styles from './comparison-view.module.css'
import type { ComparedEdge as ComparedEdgeType, ComparedNode } from './to-compared.ts'

/** An edge of a comparison, with a sign in its middle where it is new or gone. */
export function ComparedEdge(props: EdgeProps<ComparedEdgeType>) {
  const { id, data, type } = props
  const [path, x, y] = usePath(props)
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

/** The path and its middle: a curve, or the way to the start of the next row. */
function usePath(
  props: EdgeProps<ComparedEdgeType>,
): readonly [path: string, x: number, y: number] {
  const { getNode } = useReactFlow<ComparedNode>()
  const { source, target, sourceX, sourceY, targetX, targetY } = props
  const from = [sourceX, sourceY] as const
  const to = [targetX, targetY] as const
  const [before, after] = [getNode(source), getNode(target)]
  if (
    props.type === 'attachment' ||
    before === undefined ||
    after === undefined ||
    !isWrap(from, to)
  ) {
    const [path, x, y] = getBezierPath(props)
    return [path, x, y]
  }
  const { path, middle } = wrapPath(from, to, { source: boxOf(before), target: boxOf(after) })
  return [path, ...middle]
}

function boxOf({ position: { x, y }, width = 0, height = 0 }: ComparedNode) {
  return { x, y, width, height }
}
