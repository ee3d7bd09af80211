import { CircleAlert, Copy, Download, Ellipsis, FileWarning, Play, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState, type RefObject } from 'react'
import type { FlowSummary } from '../api/flows-api.ts'
import { Link } from '../app/link.tsx'
import { designerPath, navigate } from '../app/router.ts'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { Pill } from '../ui/pill.tsx'
import { sinceWhen } from '../ui/since-when.ts'
import styles from './flow-card.module.css'
import { FlowThumbnail } from './flow-thumbnail.tsx'
import { useThumbnail } from './use-thumbnail.ts'

/** The flow that every fresh server has. */
const exampleFlowId = 'example-rag-chat'

interface FlowCardProps {
  readonly summary: FlowSummary
  readonly now: Date
  readonly onDuplicate: () => void
  readonly onExport: () => void
  readonly onDelete: () => void
}

/** One flow on the start page. */
export function FlowCard({ summary, now, onDuplicate, onExport, onDelete }: FlowCardProps) {
  const card = useRef<HTMLLIElement>(null)
  const flow = useThumbnail(summary, useIsSeen(card))
  const isExample = summary.id === exampleFlowId

  return (
    <li ref={card} className={styles.card}>
      <div className={styles.picture}>
        {flow !== undefined && <FlowThumbnail flow={flow} />}
        {summary.status !== 'flow' && <FileWarning size={20} aria-hidden />}
      </div>
      <div className={styles.head}>
        <h2>
          <Link href={designerPath(summary.id)} className={styles.name}>
            {summary.name}
          </Link>
        </h2>
        <div className={styles.menu}>
          <Menu
            trigger={
              <IconButton label={`More for ${summary.name}`}>
                <Ellipsis size={16} aria-hidden />
              </IconButton>
            }
          >
            <MenuItem icon={<Copy size={16} aria-hidden />} onSelect={onDuplicate}>
              Duplicate
            </MenuItem>
            <MenuItem icon={<Download size={16} aria-hidden />} onSelect={onExport}>
              Export JSON
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<Trash2 size={16} aria-hidden />} isDangerous onSelect={onDelete}>
              Delete
            </MenuItem>
          </Menu>
        </div>
      </div>
      <p className={styles.facts}>
        <span>{`Saved ${sinceWhen(summary.updatedAt, now)}`}</span>
        <Facts summary={summary} now={now} />
      </p>
      {isExample && (
        <Button
          variant="primary"
          size="small"
          className={styles.run}
          icon={<Play size={13} fill="currentColor" aria-hidden />}
          onClick={() => navigate(designerPath(summary.id, { isExampleRun: true }))}
        >
          Run the example
        </Button>
      )}
    </li>
  )
}

function Facts({ summary, now }: Pick<FlowCardProps, 'summary' | 'now'>) {
  const { status, nodeCount, errorCount, lastRun } = summary
  if (status !== 'flow') {
    return (
      <Pill tone="warning" icon={<FileWarning size={11} aria-hidden />}>
        {status === 'newer' ? 'newer version' : 'unreadable'}
      </Pill>
    )
  }
  return (
    <>
      <span>{counted(nodeCount, 'node')}</span>
      {lastRun !== undefined && (
        <span>{`${lastRun.state === 'failed' ? 'Failed' : 'Ran'} ${sinceWhen(lastRun.startedAt, now)}`}</span>
      )}
      {errorCount > 0 && (
        <Pill tone="error" icon={<CircleAlert size={11} aria-hidden />}>
          {counted(errorCount, 'problem')}
        </Pill>
      )}
    </>
  )
}

function useIsSeen(element: RefObject<HTMLElement | null>): boolean {
  const [isSeen, setIsSeen] = useState(false)
  useEffect(() => {
    if (element.current === null || isSeen) return
    const observer = new IntersectionObserver(
      (entries) => setIsSeen(entries.some((entry) => entry.isIntersecting)),
      { rootMargin: '200px' },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element, isSeen])
  return isSeen
}
