import { useStore } from '@xyflow/react'
import { CommandButton } from '../../commands/command-button.tsx'
import { CommandItem } from '../../commands/command-menu.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import { FlowMap } from './flow-map.tsx'
import { DataLinesMenu } from '../data-lines-menu.tsx'
import { hasMapRoom } from './map-corner.ts'
import styles from './view-controls.module.css'
import { useViewport } from './viewport.ts'

/** What the menu at the zoom offers, in percent. */
const zooms = [25, 50, 75, 100, 150, 200] as const

interface ViewControlsProps {
  /** Nothing can be selected or drawn here, so there are no tools for that. */
  readonly isReadOnly?: boolean
}

/** The tools, the zoom and the map, at the bottom of the canvas. */
export function ViewControls({ isReadOnly = false }: ViewControlsProps) {
  const isEmpty = useStore((store) => store.nodes.length === 0)
  const hasMap = useStore(hasMapRoom)
  if (isEmpty) return null
  return (
    <>
      <div className={`${styles.controls} nopan`} role="group" aria-label="View">
        {!isReadOnly && (
          <>
            <CommandButton command="pointer" size={15} tooltipSide="top" />
            <CommandButton command="hand" size={15} tooltipSide="top" />
            <span className={styles.line} />
          </>
        )}
        <CommandButton command="zoomOut" tooltipSide="top" />
        <ZoomMenu />
        <CommandButton command="zoomIn" tooltipSide="top" />
        <CommandButton command="fit" size={15} tooltipSide="top" />
        {hasMap && <CommandButton command="map" size={15} tooltipSide="top" />}
        {!isReadOnly && <DataLinesMenu />}
      </div>
      <FlowMap />
    </>
  )
}

function ZoomMenu() {
  const viewport = useViewport()
  const zoom = useStore((store) => Math.round(store.transform[2] * 100))
  return (
    <Menu
      align="center"
      side="top"
      trigger={
        <button type="button" className={styles.zoom} aria-label={`Zoom ${zoom} %`}>
          {zoom}%
        </button>
      }
    >
      {zooms.map((percent) => (
        <MenuItem key={percent} onSelect={() => viewport.zoomTo(percent / 100)}>
          {percent} %
        </MenuItem>
      ))}
      <MenuSeparator />
      <CommandItem id="fit" />
      <CommandItem id="fitSelection" />
    </Menu>
  )
}
