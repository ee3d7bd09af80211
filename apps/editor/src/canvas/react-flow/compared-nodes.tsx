import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import type { Mark } from '../../versions/compare-flows.ts'
import { counted } from '../../ui/counted.ts'
import { isFrame } from '../notes.ts'
import { CardNode } from './card-node.tsx'
import { FrameNode } from './frame-node.tsx'
import { NoteNode } from './note-node.tsx'
import styles from './comparison-view.module.css'
import type {
  ComparedNode as ComparedNodeType,
  ComparedNote as ComparedNoteType,
  GhostNode as GhostNodeType,
} from './to-compared.ts'

/** A card with the sign of how its node differs. Nothing in it can be operated. */
export const ComparedNode = memo(function ComparedNode(props: NodeProps<ComparedNodeType>) {
  const { mark, isMoved, changes } = props.data
  return (
    <div className={styles.compared} data-mark={mark} data-moved={isMoved || undefined}>
      <Badge mark={mark} isMoved={isMoved} changes={changes} />
      <div inert>
        <CardNode {...props} type="card" selected={false} />
      </div>
    </div>
  )
})

/** A note or a frame with the sign of how it differs. */
export const ComparedNote = memo(function ComparedNote(props: NodeProps<ComparedNoteType>) {
  const { note, mark, isMoved, changes } = props.data
  const Sheet = isFrame(note) ? FrameNode : NoteNode
  return (
    <div
      className={styles.compared}
      data-mark={mark}
      data-moved={isMoved || undefined}
      data-frame={isFrame(note) || undefined}
    >
      <Badge mark={mark} isMoved={isMoved} changes={changes} />
      <div inert className={styles.whole}>
        <Sheet {...props} selected={false} />
      </div>
    </div>
  )
})

/** The empty place of what lies elsewhere now, with the way there. */
export const GhostNode = memo(function GhostNode(props: NodeProps<GhostNodeType>) {
  const { data, width = 0, height = 0 } = props
  const [x, y] = data.way
  return (
    <div className={styles.ghost}>
      <span>{data.title}</span>
      <svg className={styles.way} aria-hidden>
        <line x1={width / 2} y1={height / 2} x2={width / 2 + x} y2={height / 2 + y} />
      </svg>
    </div>
  )
})

interface BadgeProps {
  readonly mark: Mark | undefined
  readonly isMoved: boolean
  readonly changes: number
}

function Badge({ mark, isMoved, changes }: BadgeProps) {
  if (mark === undefined && !isMoved) return null
  return (
    <span className={styles.badge} data-mark={mark ?? 'moved'} aria-hidden>
      {mark === undefined ? '⇢ Moved' : badgeText(mark, changes)}
    </span>
  )
}

function badgeText(mark: Mark, changes: number): string {
  switch (mark) {
    case 'added':
      return '+ Added'
    case 'removed':
      return '− Removed'
    case 'changed':
      return `~ ${counted(changes, 'change')}`
  }
}
