import type { NodeStatus } from '@millrace/flow'
import { Panel, useNodes, useStore } from '@xyflow/react'
import { useDeferredValue, useMemo, useRef } from 'react'
import { shallow } from 'zustand/shallow'
import { useShallow } from 'zustand/react/shallow'
import { usePanelLayout, type PanelLayout } from '../../app/panel-layout.ts'
import type { WatchedRun } from '../../run/watched-run.ts'
import { useRun } from '../../run/run-store.ts'
import { classNames } from '../../ui/class-names.ts'
import { mapShapesOf, type MapItem } from '../map-shapes.ts'
import { selectedItemIds } from '../note-commands.ts'
import { boundsOf, type Box } from '../placement.ts'
import styles from './flow-map.module.css'
import { hasMapRoom, isInCorner, mapSize, type PlacedCards } from './map-corner.ts'
import { isCard, type CanvasNode } from './to-notes.ts'
import { useMapGestures } from './use-map-gestures.ts'

/** Around all that is shown, as a part of it. */
const border = 0.05

const selectIsOpen = (layout: PanelLayout) => layout.isMapOpen

/**
 * The map of the flow, in a corner where there is room for it: a click or a drag moves the view, the wheel zooms. It steps aside
 * while what is selected or ran lies below it, so that nothing of that is out of sight. React Flow's
 * own map asks every item at every step of the view; this one draws all that look the same as one path.
 */
export function FlowMap() {
  const isOpen = usePanelLayout(selectIsOpen)
  const hasRoom = useStore(hasMapRoom)
  return isOpen && hasRoom ? <OpenMap /> : null
}

function OpenMap() {
  const map = useRef<SVGSVGElement>(null)
  const view = useStore(selectView, shallow)
  const gestures = useMapGestures(map)
  // A drag does not wait for the map.
  const nodes = useDeferredValue(useNodes<CanvasNode>())
  const statuses = useRun(useShallow(selectStatuses))
  const isInTheWay = useStore(
    (cards) => isInCorner(cards, selectedItemIds()) || isInCorner(cards, [...statuses.keys()]),
  )
  const items = useMemo(() => nodes.map(itemOf), [nodes])
  const bounds = useMemo(() => boundsOf(items.map(({ box }) => box)), [items])
  const shapes = useMemo(
    () =>
      mapShapesOf(items, statuses).map(({ kind, mark, path }) => (
        <path
          key={`${kind} ${mark}`}
          className={styles.item}
          data-kind={kind}
          data-mark={mark}
          d={path}
        />
      )),
    [items, statuses],
  )
  const shown = shownBox(bounds, view)
  return (
    <Panel
      position="bottom-right"
      className={classNames(styles.map, isInTheWay ? styles.aside : undefined)}
    >
      <svg
        ref={map}
        {...mapSize}
        viewBox={`${shown.x} ${shown.y} ${shown.width} ${shown.height}`}
        role="img"
        aria-label="Map of the flow"
        {...gestures}
      >
        {shapes}
        <path className={styles.outside} d={`${pathOf(shown)}${pathOf(view)}`} />
      </svg>
    </Panel>
  )
}

function itemOf(node: CanvasNode): MapItem {
  const { id, position, width = 0, height = 0, selected = false } = node
  const kind = isCard(node) ? (node.data.card.definition?.category ?? 'unknown') : 'note'
  return { id, kind, isSelected: selected, box: { ...position, width, height } }
}

/** What the map shows: all that there is, and the view, in the shape of the map. */
function shownBox(bounds: Box | undefined, view: Box): Box {
  const all = boundsOf(bounds === undefined ? [view] : [bounds, view]) ?? view
  const scale = Math.max(all.width / mapSize.width, all.height / mapSize.height) * (1 + 2 * border)
  const [width, height] = [mapSize.width * scale, mapSize.height * scale]
  return {
    x: all.x - (width - all.width) / 2,
    y: all.y - (height - all.height) / 2,
    width,
    height,
  }
}

function pathOf({ x, y, width, height }: Box): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`
}

function selectStatuses({ state }: WatchedRun): ReadonlyMap<string, NodeStatus> {
  return new Map([...state.nodes].map(([id, { status }]) => [id, status]))
}

function selectView({ width, height, transform: [x, y, zoom] }: PlacedCards): Box {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }
}
