import { formatReference } from '@millrace/flow'
import { ChevronRight, Link2 } from 'lucide-react'
import { useDeferredValue, useId, useMemo, useState, type KeyboardEvent } from 'react'
import { CopyButton } from '../ui/copy-button.tsx'
import { counted } from '../ui/counted.ts'
import { SearchBox } from '../ui/search-box.tsx'
import { treeItem } from '../ui/tree-item.ts'
import { treeStep } from '../ui/tree-step.ts'
import { useRowsInView } from '../ui/use-rows-in-view.ts'
import { leafText, valueLines, type ValueLine } from './value-lines.ts'
import { textOfValue } from './value-text.ts'
import styles from './value-tree.module.css'

export interface ValueTreeProps {
  /** Its name, for screen readers. */
  readonly label: string
  /** A record or a list. */
  readonly value: unknown
  /** The variable that holds it, for paths that a flow understands. */
  readonly variable?: string | undefined
  /** It takes the height that there is, and has a search. */
  readonly isLarge?: boolean
}

/** The height of a line in pixels; the style sheet says the same. */
const lineHeight = 22

/** A record or a list, whose parts can be folded away; only the lines in view are in the page. */
export function ValueTree({ label, value, variable, isLarge = false }: ValueTreeProps) {
  const id = useId()
  const [search, setSearch] = useState('')
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [activeId, setActiveId] = useState<string>()
  const words = useDeferredValue(search.trim().toLowerCase())
  const lines = useMemo(
    () => valueLines(value, { toggled, search: words }),
    [value, toggled, words],
  )
  const hits = useMemo(
    () => (words === '' ? [] : lines.flatMap(({ isHit }, index) => (isHit ? [index] : []))),
    [lines, words],
  )
  const at = lines.findIndex((line) => line.id === activeId)
  const active = lines[at]
  const { scroller, rows, height, show } = useRowsInView({
    count: lines.length,
    rowHeight: lineHeight,
    shown: hits[0],
  })
  const go = (to: number) => {
    setActiveId(lines[to]?.id)
    show(to)
  }
  const toggle = (line: ValueLine) => {
    setActiveId(line.id)
    const changed = new Set(toggled)
    if (!changed.delete(line.id)) changed.add(line.id)
    setToggled(changed)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'c') {
      if (active === undefined || !window.getSelection()?.isCollapsed) return
      event.preventDefault()
      void navigator.clipboard.writeText(copied(active))
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = treeStep(event.key, { lines, at, isSearched: false })
    if (step === undefined) return
    event.preventDefault()
    // They are keys of the tree, not of what is around it.
    event.stopPropagation()
    if (step.kind === 'move') go(step.to)
    else if (active !== undefined && active.isExpandable) toggle(active)
  }

  return (
    <div className={styles.whole} data-large={isLarge || undefined}>
      {isLarge && (
        <div className={styles.bar}>
          <SearchBox
            label="Search in the value"
            value={search}
            onChange={(text) => {
              setSearch(text)
              setToggled(new Set())
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || hits.length === 0) return
              event.preventDefault()
              const next = event.shiftKey
                ? hits.findLast((hit) => hit < at)
                : hits.find((hit) => hit > at)
              go(next ?? (event.shiftKey ? hits.at(-1) : hits[0]) ?? 0)
            }}
          >
            {words !== '' && <span className={styles.hits}>{counted(hits.length, 'hit')}</span>}
          </SearchBox>
          {active !== undefined && (
            <>
              <code className={styles.path}>{pathText(active, variable)}</code>
              <CopyButton label="Copy the path" text={() => pathText(active, variable)}>
                <Link2 size={14} aria-hidden />
              </CopyButton>
              <CopyButton label="Copy the value" text={() => copied(active)} />
            </>
          )}
        </div>
      )}
      <div
        ref={scroller}
        className={styles.tree}
        role="tree"
        tabIndex={0}
        aria-label={label}
        aria-activedescendant={active === undefined ? undefined : `${id}-${at}`}
        onKeyDown={onKeyDown}
        onFocus={() => active === undefined && setActiveId(lines[0]?.id)}
      >
        <div role="presentation" className={styles.lines} style={{ height }}>
          {rows.map(({ index, start }) => {
            const line = lines[index]
            return line === undefined ? null : (
              <Line
                key={line.id}
                id={`${id}-${index}`}
                line={line}
                top={start}
                isActive={line.id === activeId}
                onPress={() => (line.isExpandable ? toggle(line) : setActiveId(line.id))}
              />
            )
          })}
        </div>
      </div>
      {active !== undefined && isLong(active.value) && (
        <section className={styles.text} aria-label={`Value of ${active.name}`}>
          <pre tabIndex={0}>{leafText(active.value)}</pre>
        </section>
      )}
    </div>
  )
}

interface LineProps {
  readonly id: string
  readonly line: ValueLine
  readonly top: number
  readonly isActive: boolean
  readonly onPress: () => void
}

function Line({ id, line, top, isActive, onPress }: LineProps) {
  const { name, value, depth, count, isExpandable, isExpanded } = line
  return (
    <div
      id={id}
      {...treeItem(line, { isSelected: isActive })}
      className={styles.line}
      data-hit={line.isHit || undefined}
      style={{ top, paddingLeft: 4 + depth * 14 }}
      onClick={onPress}
    >
      <ChevronRight
        size={12}
        aria-hidden
        className={styles.chevron}
        data-open={isExpanded || undefined}
        visibility={isExpandable ? 'visible' : 'hidden'}
      />
      <span className={styles.name}>{name}</span>
      {isExpandable ? (
        <span className={styles.size}>{sizeOf(value, count)}</span>
      ) : (
        <span className={styles.value} data-kind={kindOf(value)}>
          {shortened(leafText(value))}
        </span>
      )}
    </div>
  )
}

function copied({ value, isExpandable }: ValueLine): string {
  return isExpandable ? JSON.stringify(value, null, 2) : textOfValue(value)
}

/** As a flow refers to it; without a variable, what comes behind one. */
function pathText({ path }: ValueLine, variable: string | undefined): string {
  const text = formatReference({ variable: variable ?? '', path })
  return variable === undefined ? text.replace(/^\./, '') : text
}

function sizeOf(value: unknown, count: number): string {
  return Array.isArray(value) ? counted(count, 'item') : counted(count, 'field')
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value
}

const longest = 300

function shortened(text: string): string {
  const line = text.slice(0, 4 * longest).replace(/\s+/g, ' ')
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}

/** Whether a line cannot show all of a text. */
function isLong(value: unknown): boolean {
  return typeof value === 'string' && (value.length > 60 || value.includes('\n'))
}
