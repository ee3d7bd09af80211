import type { Problem } from '@millrace/flow'
import { ChevronRight, CircleAlert, Diamond, Play, StickyNote, TriangleAlert } from 'lucide-react'
import { memo, useEffect, useRef } from 'react'
import { NodeIcon } from '../canvas/node-icon.tsx'
import { StatusPill } from '../canvas/status-pill.tsx'
import { PinSign } from '../pins/pin-mark.tsx'
import { counted } from '../ui/counted.ts'
import { treeItem } from '../ui/tree-item.ts'
import type { OutlineLine } from './outline-lines.ts'
import styles from './outline-row.module.css'
import { RenameField } from './rename-field.tsx'

export interface OutlineRowProps {
  /** The id of its element. */
  readonly id: string
  readonly line: OutlineLine
  readonly problems: readonly Problem[] | undefined
  readonly isActive: boolean
  readonly isSelected: boolean
  readonly isRenaming: boolean
}

/** One line of the outline. The tree around it has the focus and listens to keys and clicks. */
export const OutlineRow = memo(function OutlineRow(props: OutlineRowProps) {
  const { id, line, isActive, isSelected } = props
  const { item, depth, isExpandable, isExpanded } = line
  const isDisabled = item.kind === 'node' && item.node.disabled === true
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    <div
      id={id}
      ref={row}
      {...treeItem(line, { isSelected })}
      className={styles.row}
      data-line={line.id}
      data-kind={item.kind}
      data-category={item.kind === 'node' ? (item.definition?.category ?? 'unknown') : undefined}
      data-active={isActive || undefined}
      data-disabled={isDisabled || undefined}
      style={{ paddingLeft: 4 + depth * 16 }}
    >
      <span className={styles.chevron} data-chevron data-open={isExpanded || undefined}>
        {isExpandable && <ChevronRight size={14} aria-hidden />}
      </span>
      <Content {...props} />
    </div>
  )
})

function Content({ line: { item, isExpandable }, problems, isRenaming }: OutlineRowProps) {
  switch (item.kind) {
    case 'node': {
      const { node, definition, title } = item
      return (
        <>
          <span className={styles.icon}>
            <NodeIcon definition={definition} size={14} />
          </span>
          {isRenaming ? (
            <RenameField nodeId={node.id} title={title} />
          ) : (
            <span className={styles.title} dir="auto" title={title}>
              {title}
            </span>
          )}{' '}
          {definition?.title !== title && !isRenaming && (
            <span className={styles.type}>{definition?.title ?? 'Unknown type'}</span>
          )}{' '}
          <span className={styles.marks}>
            {node.disabled === true && <span className={styles.disabled}>Disabled</span>}{' '}
            <PinSign nodeId={node.id} /> <StatusPill nodeId={node.id} />{' '}
            <Problems problems={problems} />
          </span>
        </>
      )
    }
    case 'block':
    case 'attachment':
      return (
        <>
          <span className={styles.place}>
            {item.kind === 'block' ? (
              <Play size={9} aria-hidden />
            ) : (
              <Diamond size={10} aria-hidden />
            )}
          </span>
          <span className={styles.title}>{item.title}</span>{' '}
          {!isExpandable && (
            <span className={styles.type}>
              {item.kind === 'block' ? 'nothing yet' : 'nothing attached'}
            </span>
          )}
        </>
      )
    case 'note':
      return (
        <>
          <span className={styles.icon}>
            <StickyNote size={14} aria-hidden />
          </span>
          <span className={styles.title}>{item.title}</span>
        </>
      )
    case 'group':
      return <span className={styles.title}>{item.title}</span>
  }
}

function Problems({ problems }: { readonly problems: readonly Problem[] | undefined }) {
  if (problems === undefined || problems.length === 0) return null
  const isError = problems.some(({ severity }) => severity === 'error')
  const Icon = isError ? CircleAlert : TriangleAlert
  return (
    <span
      className={styles.problems}
      data-severity={isError ? 'error' : 'warning'}
      title={problems.map(({ message }) => message).join('\n')}
    >
      <Icon size={13} aria-hidden />
      <span aria-hidden>{problems.length > 1 && problems.length}</span>
      <span className="visually-hidden">{counted(problems.length, 'problem')}</span>
    </span>
  )
}
