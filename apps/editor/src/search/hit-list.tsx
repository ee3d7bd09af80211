import { titleOf } from '@millrace/flow'
import { StickyNote, Workflow } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { NodeIcon } from '../canvas/node-icon.tsx'
import { useDocument } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { excerptOf } from './excerpt.ts'
import type { Hit } from './find-in-flow.ts'
import styles from './search-panel.module.css'
import type { FoundPlace } from './searchable-texts.ts'
import { searchCommands } from './search-store.ts'

export interface HitListProps {
  readonly hits: readonly Hit[]
  /** The one that was led to last. */
  readonly at: number | undefined
  /** How long the searched text is. */
  readonly length: number
}

/** So many hits are listed; all of them can be stepped through. */
const mostListed = 300

/** The hits by what holds them, each with the text around it. */
export function HitList({ hits, at, length }: HitListProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const listed = hits.slice(0, mostListed).map((hit, index) => ({ hit, index }))
  const groups = [...Map.groupBy(listed, ({ hit }) => ownerOf(hit.place))]
  return (
    <div ref={list}>
      {groups.map(([owner, members]) => (
        <section key={owner} className={styles.group}>
          <Owner place={members[0]?.hit.place} />
          <ul>
            {members.map(({ hit, index }) => (
              <li key={index}>
                <HitButton hit={hit} index={index} length={length} isCurrent={index === at} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {hits.length > mostListed && (
        <p className={styles.more}>
          {hits.length - mostListed} more are not listed. Search for more of the text.
        </p>
      )}
    </div>
  )
}

interface HitButtonProps {
  readonly hit: Hit
  readonly index: number
  readonly length: number
  readonly isCurrent: boolean
}

function HitButton({ hit, index, length, isCurrent }: HitButtonProps) {
  const { before, marked, after } = excerptOf(hit.text, hit.at, length)
  return (
    <button
      type="button"
      className={styles.hit}
      aria-current={isCurrent || undefined}
      onClick={() => searchCommands.leadTo(index, 'with-focus')}
    >
      <span className={styles.what}>{hit.what}</span>
      <span className={styles.text}>
        {before}
        <mark>{marked}</mark>
        {after}
      </span>
    </button>
  )
}

/** The heading over the hits of one node, or of what belongs to none. */
function Owner({ place }: { readonly place: FoundPlace | undefined }) {
  const nodeId = place?.kind === 'node' ? place.nodeId : undefined
  const node = useDocument(({ flow }) => flow.nodes.find(({ id }) => id === nodeId))
  const definition = node && registry.nodes.get(node.type)
  return (
    <h3 className={styles.owner}>
      {node !== undefined ? (
        <>
          <NodeIcon definition={definition} size={14} />
          {titleOf(node, definition)}
        </>
      ) : place?.kind === 'note' ? (
        <>
          <StickyNote size={14} aria-hidden /> Notes
        </>
      ) : (
        <>
          <Workflow size={14} aria-hidden /> Flow
        </>
      )}
    </h3>
  )
}

function ownerOf(place: FoundPlace): string {
  return place.kind === 'node' ? `node ${place.nodeId}` : place.kind
}
