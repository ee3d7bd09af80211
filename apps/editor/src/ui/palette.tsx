import { Search } from 'lucide-react'
import { useEffect, useId, useRef, useState, type DragEvent, type ReactNode } from 'react'
import styles from './palette.module.css'
import { useReturnFocus } from './use-return-focus.ts'

interface PaletteItem {
  readonly id: string
  readonly title: string
  readonly hint?: string
  readonly icon?: ReactNode
  /** Shown at the right end: the system, or a shortcut. */
  readonly end?: ReactNode
  /** Cannot be chosen now; its hint says why. */
  readonly isDisabled?: boolean
  /** For an item that can be dragged out of the list. */
  readonly onDragStart?: (event: DragEvent) => void
}

export interface PaletteGroup {
  readonly title: string
  readonly items: readonly PaletteItem[]
}

export interface PaletteProps {
  /** What is searched, for screen readers and in the empty field. */
  readonly label: string
  /** The groups that a search finds, best first. */
  readonly find: (search: string) => readonly PaletteGroup[]
  /** What is said when nothing is found, and what to do then. */
  readonly empty: ReactNode
  readonly over?: 'canvas' | 'window'
  /** In pixels from the canvas's corner; in the middle near the top when not given. */
  readonly place?: { readonly left: number; readonly top: number } | undefined
  readonly onChoose: (id: string) => void
  readonly onClose: () => void
}

/** A list to search and choose from, over the canvas or the whole window. The keyboard stays in its field throughout. */
export function Palette(props: PaletteProps) {
  const { label, find, empty, over = 'canvas', place, onChoose, onClose } = props
  const [search, setSearch] = useState('')
  const [wanted, setWanted] = useState(0)
  const listId = useId()
  const panel = useRef<HTMLDivElement>(null)
  useReturnFocus()
  const groups = find(search)
  const items = groups.flatMap((group) => group.items)
  const active = Math.min(wanted, items.length - 1)

  useEffect(() => {
    function onPointerDown(event: PointerEvent): void {
      if (event.target instanceof Node && panel.current?.contains(event.target) === false) onClose()
    }
    window.addEventListener('pointerdown', onPointerDown, true)
    return () => window.removeEventListener('pointerdown', onPointerDown, true)
  }, [onClose])

  useEffect(() => {
    panel.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active, search])

  function onKeyDown(event: React.KeyboardEvent): void {
    const count = items.length
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: count === 0 ? 0 : (active + 1) % count,
      ArrowUp: count === 0 ? 0 : (active + count - 1) % count,
      PageDown: Math.min(active + 8, count - 1),
      PageUp: Math.max(active - 8, 0),
    }
    const next = moves[event.key]
    const chosen = items[active]
    if (next !== undefined) setWanted(next)
    else if (event.key === 'Enter' && chosen !== undefined) choose(chosen)
    else if (event.key === 'Escape' || event.key === 'Tab') onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  function choose(item: PaletteItem): void {
    if (item.isDisabled !== true) onChoose(item.id)
  }

  return (
    <div
      ref={panel}
      className={styles.palette}
      data-over={over}
      data-placed={place !== undefined || undefined}
      style={place}
      role="dialog"
      aria-label={label}
      onKeyDown={onKeyDown}
    >
      <div className={styles.search}>
        <Search size={16} aria-hidden />
        <input
          ref={focus}
          role="combobox"
          aria-label={label}
          aria-expanded={items.length > 0}
          aria-controls={items.length > 0 ? listId : undefined}
          aria-activedescendant={items[active] === undefined ? undefined : `${listId}-${active}`}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={`${label}…`}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value)
            setWanted(0)
          }}
        />
      </div>
      {items.length === 0 ? (
        <div className={styles.empty} role="status">
          {empty}
        </div>
      ) : (
        <div className={styles.list} role="listbox" id={listId} aria-label={label}>
          {groups.map((group) => (
            <div key={group.title} role="group" aria-label={group.title}>
              <div className={styles.heading} aria-hidden>
                {group.title}
              </div>
              {group.items.map((item) => {
                const index = items.indexOf(item)
                return (
                  <div
                    key={item.id}
                    id={`${listId}-${index}`}
                    role="option"
                    aria-selected={index === active}
                    aria-disabled={item.isDisabled}
                    className={styles.item}
                    draggable={item.onDragStart !== undefined}
                    onDragStart={item.onDragStart}
                    onMouseMove={() => setWanted(index)}
                    onClick={() => choose(item)}
                  >
                    {item.icon}
                    <span className={styles.text}>
                      <span className={styles.title}>{item.title}</span>
                      {item.hint !== undefined && <span className={styles.hint}>{item.hint}</span>}
                    </span>
                    {item.end !== undefined && <span className={styles.end}>{item.end}</span>}
                  </div>
                )
              })}
            </div>
          ))}
        </div>
      )}
      <div className={styles.foot} aria-hidden>
        <span>↑↓ choose</span>
        <span>↵ take</span>
        <span>Esc close</span>
      </div>
    </div>
  )
}

function focus(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true })
}
