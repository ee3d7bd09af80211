import { Ellipsis, FileWarning, Play } from 'lucide-react'
import { memo, useEffect, useRef, useState, type RefObject } from 'react'
import type { FlowSummary } from '../api/flow-list-api.ts'
import { designerPath, navigate } from '../app/router.ts'
import { TagChip } from '../tags/tag-chip.tsx'
import { tourCommands } from '../tour/tour-store.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { ContextMenu } from '../ui/context-menu.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'
import styles from './flow-card.module.css'
import { FlowCardName } from './flow-card-name.tsx'
import { FlowFacts } from './flow-facts.tsx'
import { FlowMenu } from './flow-menu.tsx'
import { FlowThumbnail } from './flow-thumbnail.tsx'
import { flowsPageCommands } from './flows-page-store.ts'
import { useThumbnail } from './use-thumbnail.ts'

/** The flow that every fresh server has. */
const exampleFlowId = 'example-rag-chat'
/** As many tags as fit a card; the others are counted. */
const maxShownTags = 4

interface FlowCardProps {
  readonly summary: FlowSummary
  readonly isSelected: boolean
  readonly now: Date
}

/** One flow on the start page; a card of the grid or a row of the list, which the list around it says. */
export const FlowCard = memo(function FlowCard({ summary, isSelected, now }: FlowCardProps) {
  const card = useRef<HTMLLIElement>(null)
  const flow = useThumbnail(summary, useIsSeen(card))
  const { id, name, description, tags, status } = summary

  return (
    <ContextMenu content={<FlowMenu summary={summary} />}>
      <li ref={card} className={styles.card} data-flow={id} data-selected={isSelected || undefined}>
        <div className={styles.picture}>
          {flow !== undefined && <FlowThumbnail flow={flow} />}
          {status !== 'flow' && <FileWarning size={20} aria-hidden />}
        </div>
        <div className={styles.check}>
          <Checkbox
            label={`Select ${name}`}
            isOn={isSelected}
            onChange={(isOn) => flowsPageCommands.select(id, isOn ? 'add' : 'remove')}
          />
        </div>
        <div className={styles.body}>
          <h2 className={styles.heading}>
            <FlowCardName summary={summary} />
          </h2>
          {description !== '' && <p className={styles.description}>{description}</p>}
          {tags.length > 0 && (
            <ul className={styles.tags} aria-label={`Tags of ${name}`}>
              {tags.slice(0, maxShownTags).map((tag) => (
                <li key={tag}>
                  <TagChip tag={tag} />
                </li>
              ))}
              {tags.length > maxShownTags && <li>+{tags.length - maxShownTags}</li>}
            </ul>
          )}
        </div>
        <FlowFacts summary={summary} now={now} className={styles.facts ?? ''} />
        <div className={styles.menu}>
          <Menu
            trigger={
              <IconButton label={`More for ${name}`}>
                <Ellipsis size={16} aria-hidden />
              </IconButton>
            }
          >
            <FlowMenu summary={summary} />
          </Menu>
        </div>
        {id === exampleFlowId && (
          <Button
            variant="primary"
            size="small"
            className={styles.run}
            icon={<Play size={13} fill="currentColor" aria-hidden />}
            onClick={runExample}
          >
            Run the example
          </Button>
        )}
      </li>
    </ContextMenu>
  )
})

function runExample(): void {
  tourCommands.offer()
  navigate(designerPath(exampleFlowId, { isExampleRun: true }))
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
