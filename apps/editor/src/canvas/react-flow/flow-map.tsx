import { MiniMap, useReactFlow, useStore, type MiniMapNodeProps } from '@xyflow/react'
import { usePanelLayout, type PanelLayout } from '../../app/panel-layout.ts'
import { useNodeRun } from '../../run/run-store.ts'
import { classNames } from '../../ui/class-names.ts'
import { selectedItemIds } from '../note-commands.ts'
import styles from './flow-map.module.css'
import { isCard, type CanvasNode } from './to-notes.ts'
import { viewMotion } from './view-motion.ts'

const size = { width: 200, height: 150 } as const
/** From the corner of the canvas. */
const margin = 16

const selectIsOpen = (layout: PanelLayout) => layout.isMapOpen

/**
 * The map of the flow, in a corner: a click or a drag moves the view. It steps aside while what is
 * selected lies below it, so that nothing is dropped out of sight.
 */
export function FlowMap() {
  const isOpen = usePanelLayout(selectIsOpen)
  const isInTheWay = useStore(selectIsInTheWay)
  const { setCenter, getZoom } = useReactFlow()
  if (!isOpen) return null
  return (
    <MiniMap<CanvasNode>
      className={classNames(styles.map, isInTheWay ? styles.aside : undefined)}
      style={size}
      nodeComponent={MapNode}
      nodeClassName={categoryOf}
      nodeBorderRadius={16}
      pannable
      zoomable
      onClick={(_, { x, y }) => void setCenter(x, y, { zoom: getZoom(), ...viewMotion() })}
    />
  )
}

/** One item on the map, with how its node stands in the run. */
function MapNode({ id, x, y, width, height, className, borderRadius, selected }: MiniMapNodeProps) {
  const status = useNodeRun(id)?.status
  return (
    <rect
      className={`${styles.item} ${className}`}
      data-status={status}
      data-selected={selected || undefined}
      x={x}
      y={y}
      width={width}
      height={height}
      rx={borderRadius}
    />
  )
}

function categoryOf(node: CanvasNode): string {
  if (!isCard(node)) return styles.note ?? ''
  return styles[node.data.card.definition?.category ?? 'unknown'] ?? ''
}

interface StoreState {
  readonly width: number
  readonly height: number
  readonly transform: readonly [number, number, number]
  readonly nodeLookup: ReadonlyMap<
    string,
    {
      readonly position: { readonly x: number; readonly y: number }
      readonly measured: { readonly width?: number; readonly height?: number }
    }
  >
}

/** More than these are not looked for: a large selection is everywhere. */
const fewSelected = 20

function selectIsInTheWay({ width, height, transform, nodeLookup }: StoreState): boolean {
  const [left, top, zoom] = transform
  const ids = selectedItemIds()
  if (ids.length > fewSelected) return false
  return ids.some((id) => {
    const node = nodeLookup.get(id)
    if (node === undefined) return false
    const right = (node.position.x + (node.measured.width ?? 0)) * zoom + left
    const bottom = (node.position.y + (node.measured.height ?? 0)) * zoom + top
    const isBelowWindow =
      node.position.x * zoom + left > width || node.position.y * zoom + top > height
    return (
      !isBelowWindow &&
      right > width - size.width - margin &&
      bottom > height - size.height - margin
    )
  })
}
