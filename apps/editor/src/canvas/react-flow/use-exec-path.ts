import { getBezierPath, useReactFlow, type EdgeProps, type Node } from '@xyflow/react'
import { isWrap, wrapPath } from '../wrap-path.ts'

/** The path of an execution edge and its middle: a curve, or the way to the start of the next row. */
export function useExecPath(props: EdgeProps): readonly [path: string, x: number, y: number] {
  const { getNode } = useReactFlow()
  const { source, target, sourceX, sourceY, targetX, targetY } = props
  const from = [sourceX, sourceY] as const
  const to = [targetX, targetY] as const
  const [before, after] = [getNode(source), getNode(target)]
  if (before === undefined || after === undefined || !isWrap(from, to)) {
    const [path, x, y] = getBezierPath(props)
    return [path, x, y]
  }
  const { path, middle } = wrapPath(from, to, { source: boxOf(before), target: boxOf(after) })
  return [path, ...middle]
}

/** The size is the definition's, known before the card is drawn. */
function boxOf({ position: { x, y }, width = 0, height = 0 }: Node) {
  return { x, y, width, height }
}
