import { MiniMap, useStore } from '@xyflow/react'
import { Maximize, Minus, Plus } from 'lucide-react'
import { IconButton } from '../../ui/icon-button.tsx'
import { keysOf } from '../shortcuts.ts'
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
        <IconButton
          label="Zoom out"
          shortcut={keysOf('zoomOut')}
          tooltipSide="top"
          onClick={() => viewport.zoomBy('out')}
        >
          <Minus size={16} aria-hidden />
        </IconButton>
        <button
          type="button"
          className={styles.zoom}
          aria-label={`Zoom ${zoom} %, show at actual size`}
          title="Actual size"
          onClick={() => viewport.zoomTo(1)}
        >
          {zoom}%
        </button>
        <IconButton
          label="Zoom in"
          shortcut={keysOf('zoomIn')}
          tooltipSide="top"
          onClick={() => viewport.zoomBy('in')}
        >
          <Plus size={16} aria-hidden />
        </IconButton>
        <IconButton
          label="Show the whole flow"
          shortcut={keysOf('fit')}
          tooltipSide="top"
          onClick={() => viewport.show()}
        >
          <Maximize size={15} aria-hidden />
        </IconButton>
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
