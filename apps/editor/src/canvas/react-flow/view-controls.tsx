import { MiniMap, useStore } from '@xyflow/react'
import { CommandButton } from '../../commands/command-button.tsx'
import { isCard, type CanvasNode } from './to-notes.ts'
import styles from './view-controls.module.css'
import { useViewport } from './viewport.ts'

/** The zoom buttons and the map, at the bottom of the canvas. */
export function ViewControls() {
  const viewport = useViewport()
  const zoom = useStore((store) => Math.round(store.transform[2] * 100))
  const isEmpty = useStore((store) => store.nodes.length === 0)
  if (isEmpty) return null
  return (
    <>
      <div className={`${styles.controls} nopan`} role="group" aria-label="View">
        <CommandButton command="zoomOut" tooltipSide="top" />
        <button
          type="button"
          className={styles.zoom}
          aria-label={`Zoom ${zoom} %, show at actual size`}
          title="Actual size"
          onClick={() => viewport.zoomTo(1)}
        >
          {zoom}%
        </button>
        <CommandButton command="zoomIn" tooltipSide="top" />
        <CommandButton command="fit" size={15} tooltipSide="top" />
      </div>
      <MiniMap<CanvasNode>
        className={styles.map ?? ''}
        nodeClassName={(node) =>
          styles[isCard(node) ? (node.data.card.definition?.category ?? 'unknown') : 'note'] ?? ''
        }
        nodeBorderRadius={16}
        pannable
        zoomable
      />
    </>
  )
}
