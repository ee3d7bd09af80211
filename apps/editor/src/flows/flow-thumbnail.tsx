import type { Flow, NodeCategory } from '@millrace/flow'
import type { Point } from '../canvas/placement.ts'
import { isWrap, wrapPath } from '../canvas/wrap-path.ts'
import { registry } from '../registry.ts'
import styles from './flow-thumbnail.module.css'

const cardWidth = 256
const cardHeight = 120

/** A flow from afar: its cards in their colours, what runs after what, and what is attached to what. */
export function FlowThumbnail({ flow }: { readonly flow: Flow }) {
  const places = flow.nodes.map((node, index) => {
    const [x, y] = flow.layout?.nodes?.[node.id] ?? [index * 320, 0]
    return { id: node.id, x, y, category: registry.nodes.get(node.type)?.category }
  })
  if (places.length === 0) return <div className={styles.empty}>Empty</div>
  const left = Math.min(...places.map(({ x }) => x))
  const top = Math.min(...places.map(({ y }) => y))
  const width = Math.max(...places.map(({ x }) => x)) + cardWidth - left
  const height = Math.max(...places.map(({ y }) => y)) + cardHeight - top
  const placeOf = new Map(places.map((place) => [place.id, place]))
  // A flow of one row still needs air above and below, and one node must not fill the picture.
  const box = { width: Math.max(width, 900), height: Math.max(height, 300) }
  const viewBox = [
    left - (box.width - width) / 2 - 40,
    top - (box.height - height) / 2 - 40,
    box.width + 80,
    box.height + 80,
  ].join(' ')

  return (
    <svg
      className={styles.picture}
      viewBox={viewBox}
      preserveAspectRatio="xMidYMid meet"
      aria-hidden
    >
      {flow.edges.map(({ from, to }) => {
        const start = placeOf.get(from[0])
        const end = placeOf.get(to)
        if (start === undefined || end === undefined) return null
        return (
          <path key={`${from.join(' ')} ${to}`} className={styles.edge} d={edgePath(start, end)} />
        )
      })}
      {flow.attachments?.map(({ host, resource }) => {
        const above = placeOf.get(host[0])
        const below = placeOf.get(resource)
        if (above === undefined || below === undefined) return null
        const [x1, y1] = [above.x + cardWidth / 2, above.y + cardHeight]
        const [x2, y2] = [below.x + cardWidth / 2, below.y]
        const bend = Math.abs(y2 - y1) / 2
        return (
          <path
            key={`${host.join(' ')} ${resource}`}
            className={styles.attachment}
            d={`M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`}
          />
        )
      })}
      {places.map(({ id, x, y, category }) => (
        <g
          key={id}
          data-category={category ?? ('control' satisfies NodeCategory)}
          className={styles.node}
        >
          <rect x={x} y={y} width={cardWidth} height={cardHeight} rx={18} className={styles.card} />
          <rect x={x + 18} y={y + 18} width={44} height={44} rx={10} className={styles.icon} />
          <rect x={x + 76} y={y + 32} width={130} height={16} rx={8} className={styles.title} />
        </g>
      ))}
    </svg>
  )
}

interface Place {
  readonly x: number
  readonly y: number
}

function edgePath(start: Place, end: Place): string {
  const from: Point = [start.x + cardWidth, start.y + 50]
  const to: Point = [end.x, end.y + 50]
  if (isWrap(from, to)) return wrapPath(from, to, { source: boxAt(start), target: boxAt(end) }).path
  const [[x1, y1], [x2, y2]] = [from, to]
  const bend = Math.max(40, Math.abs(x2 - x1) / 2)
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
}

function boxAt({ x, y }: Place) {
  return { x, y, width: cardWidth, height: cardHeight }
}
