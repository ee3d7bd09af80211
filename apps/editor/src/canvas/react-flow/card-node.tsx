import type { NodeProps } from '@xyflow/react'
import { Ellipsis } from 'lucide-react'
import { memo } from 'react'
import { CardError } from '../card-error.tsx'
import { cardNameIds } from '../card-name-ids.ts'
import { CardName } from '../card-name.tsx'
import { Attachments, DataPorts, ExecBand } from '../card-parts.tsx'
import { CardTitle } from '../card-title.tsx'
import { PinMark } from '../../pins/pin-mark.tsx'
import { SearchGlow } from '../../search/search-glow.tsx'
import { Halo } from '../halo.tsx'
import { portStateOf } from '../input-state.ts'
import { NodeIcon } from '../node-icon.tsx'
import { ProblemBadge } from '../problem-badge.tsx'
import { StatusPill } from '../status-pill.tsx'
import { StreamView } from '../stream-view.tsx'
import styles from './card-node.module.css'
import { countDrawing } from '../../ui/count-drawing.ts'
import { openContextMenu } from '../../ui/open-context-menu.ts'
import { Port } from './port.tsx'
import type { CardNode as CardNodeType } from './to-nodes.ts'

/**
 * A node on the canvas. It knows nothing of the run: only the pill, the live text, the halo and the
 * error subscribe to their node's part of it, so a streamed piece draws those and no card.
 */
export const CardNode = memo(
  function CardNode({ data, selected }: NodeProps<CardNodeType>) {
    const { card } = data
    const { node, definition, title, layout } = card
    countDrawing('card', node.id)
    const hasExec = layout.execHeight > 0
    return (
      <div
        className={styles.card}
        data-node-id={node.id}
        data-node-type={node.type}
        data-category={definition?.category ?? 'unknown'}
        data-selected={selected || undefined}
        data-disabled={node.disabled || undefined}
        data-broken={definition === undefined || undefined}
        style={{ width: layout.width, height: layout.height }}
      >
        <CardName card={card} />
        <Halo nodeId={node.id} />
        <SearchGlow nodeId={node.id} />
        <div className={styles.bar} />
        <div className={styles.header} style={{ height: layout.headerHeight }}>
          <span className={styles.icon}>
            <NodeIcon definition={definition} />
          </span>
          <CardTitle nodeId={node.id} title={title} subtitle={card.subtitle} />
          {!hasExec && <StatusPill nodeId={node.id} id={cardNameIds(node.id).status} />}
          <button
            type="button"
            className={`${styles.more} nodrag`}
            aria-label={`${title}: more actions`}
            tabIndex={-1}
            onClick={openMenuHere}
          >
            <Ellipsis size={16} aria-hidden />
          </button>
        </div>
        {hasExec && <ExecBand card={card} />}
        {layout.dataHeight > 0 && <DataPorts card={card} />}
        {layout.hasStream && <StreamView nodeId={node.id} title={title} />}
        <Attachments card={card} />
        <CardError nodeId={node.id} title={title} />
        <ProblemBadge title={title} problems={card.problems} />
        <PinMark nodeId={node.id} title={title} />
        {layout.ports.map((port) => (
          <Port
            key={port.id}
            nodeId={node.id}
            title={title}
            port={port}
            {...portStateOf(card, port)}
          />
        ))}
      </div>
    )
  },
  // Positions change with every step of a drag; a body does not depend on them.
  (before, after) => before.data === after.data && before.selected === after.selected,
)

function openMenuHere({ currentTarget }: React.MouseEvent<HTMLElement>): void {
  const { left, bottom } = currentTarget.getBoundingClientRect()
  openContextMenu(currentTarget, [left, bottom])
}
