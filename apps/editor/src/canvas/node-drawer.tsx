import type { NodeDefinition } from '@millrace/flow'
import { ChevronRight, SearchX, X } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { placePanels, usePanelLayout, type PanelLayout } from '../app/panel-layout.ts'
import { registry } from '../registry.ts'
import { recentNodes } from '../session/recent.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { SearchBox } from '../ui/search-box.tsx'
import { canvasCommands } from './canvas-commands.ts'
import { commonTags, drawerGroups, type DrawerGroup } from './drawer-groups.ts'
import { startNodeDrag } from './node-drag.ts'
import styles from './node-drawer.module.css'
import { NodeIconTile } from './node-icon-tile.tsx'
import { withAuthor } from './with-author.ts'

const mostTags = 8
const selectFolded = (layout: PanelLayout) => layout.foldedSystems

/** The palette of nodes at the left: dragged onto the canvas or an edge, or added beside what is selected. */
export function NodeDrawer() {
  const [search, setSearch] = useState('')
  const [tag, setTag] = useState<string>()
  const recent = recentNodes.use()
  const definitions = [...registry.nodes.values()]
  const groups = drawerGroups(definitions, { search, tag, recent })
  const list = useRef<HTMLDivElement>(null)

  function clear(): void {
    setSearch('')
    setTag(undefined)
  }

  function onSearchKey(event: KeyboardEvent): void {
    const best = groups[0]?.definitions[0]
    if (event.key === 'Enter' && best !== undefined) canvasCommands.add(best)
    else if (event.key === 'ArrowDown') moveFocus(list.current, 1)
    else if (event.key === 'Escape' && (search !== '' || tag !== undefined)) clear()
    else return
    event.preventDefault()
  }

  return (
    <>
      <div className={styles.search}>
        <SearchBox label="Search nodes" value={search} onChange={setSearch} onKeyDown={onSearchKey}>
          {search !== '' && (
            <IconButton label="Clear the search" onClick={clear}>
              <X size={14} aria-hidden />
            </IconButton>
          )}
        </SearchBox>
      </div>
      <div className={styles.tags} role="group" aria-label="Tags">
        {commonTags(definitions, mostTags).map((one) => (
          <button
            key={one}
            type="button"
            className={styles.tag}
            aria-pressed={one === tag}
            onClick={() => setTag(one === tag ? undefined : one)}
          >
            {one}
          </button>
        ))}
      </div>
      <div ref={list} className={styles.list} onKeyDown={onListKey}>
        {groups.length === 0 ? (
          <EmptyState
            icon={<SearchX size={20} aria-hidden />}
            title="No node is found"
            actions={<Button onClick={clear}>Show all nodes</Button>}
          >
            No node has these words{tag === undefined ? '' : ` and the tag “${tag}”`}.
          </EmptyState>
        ) : (
          groups.map((group) => (
            <Group
              key={group.title}
              group={group}
              isSearched={search !== '' || tag !== undefined}
            />
          ))
        )}
      </div>
      <p className={styles.foot}>Drag onto the canvas, or click to add.</p>
    </>
  )
}

interface GroupProps {
  readonly group: DrawerGroup
  /** What a search found is never folded away. */
  readonly isSearched: boolean
}

function Group({ group: { title, definitions }, isSearched }: GroupProps) {
  const folded = usePanelLayout(selectFolded)
  const isFolded = !isSearched && folded.includes(title)

  function toggle(): void {
    const others = folded.filter((other) => other !== title)
    placePanels({ foldedSystems: isFolded ? others : [...others, title] })
  }

  return (
    <section aria-label={title}>
      <h3 className={styles.heading}>
        <button
          type="button"
          data-stop
          aria-expanded={!isFolded}
          disabled={isSearched}
          onClick={toggle}
        >
          <ChevronRight size={14} aria-hidden />
          {title}
          <span className={styles.count}>{definitions.length}</span>
        </button>
      </h3>
      {!isFolded && (
        <ul>
          {definitions.map((definition) => (
            <li key={definition.type}>
              <Item definition={definition} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Item({ definition }: { readonly definition: NodeDefinition }) {
  const author = withAuthor('', definition)
  return (
    <button
      type="button"
      data-stop
      className={styles.item}
      draggable
      onDragStart={(event) => startNodeDrag(event, definition)}
      onClick={() => canvasCommands.add(definition)}
    >
      <NodeIconTile definition={definition} />
      <span className={styles.text}>
        <span className={styles.title}>{definition.title}</span>
        <span className={styles.hint}>{definition.description}</span>
        {author !== '' && <span className={styles.author}>{author}</span>}
      </span>
    </button>
  )
}

function onListKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  event.preventDefault()
  event.stopPropagation()
  moveFocus(event.currentTarget, event.key === 'ArrowDown' ? 1 : -1)
}

/** The arrow keys go through headings and nodes alike; Tab goes through them too. */
function moveFocus(list: HTMLElement | null, by: 1 | -1): void {
  const stops = [...(list?.querySelectorAll<HTMLElement>('[data-stop]:not(:disabled)') ?? [])]
  const at = stops.findIndex((stop) => stop === document.activeElement)
  stops[Math.max(0, at + by)]?.focus()
}
