import { Bug, Maximize2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { HitList } from './hit-list.tsx'
import styles from './node-result.module.css'
import type { ResultPart } from './result-parts.ts'
import { ValueGrid } from './value-grid.tsx'
import { hasParts } from './value-lines.ts'
import { openText, textOfValue } from './value-text.ts'
import { ValueTree } from './value-tree.tsx'
import { ValueView } from './value-view.tsx'

export interface NodeResultProps {
  /** Of the node, for the titles of dialogs. */
  readonly title: string
  readonly parts: readonly ResultPart[]
  /** Leads to all of its visits, and all that they did; absent for what is of no node. */
  readonly onInspect?: () => void
}

/** What a node gave in the last run: the hits of a search, rows, or a value. */
export function NodeResult({ title, parts, onInspect }: NodeResultProps) {
  const [open, setOpen] = useState<ResultPart>()
  return (
    <div className={styles.result}>
      {parts.map((part) => (
        <section key={part.name} aria-label={part.name}>
          <header className={styles.head}>
            <code>{part.name}</code>
            <span className={styles.size}>{part.size}</span>
            <CopyButton label={`Copy ${part.name}`} text={() => copied(part)} />
            <IconButton label={`Open ${part.name} large`} onClick={() => setOpen(part)}>
              <Maximize2 size={14} aria-hidden />
            </IconButton>
          </header>
          <View part={part} />
        </section>
      ))}
      {onInspect !== undefined && (
        <Button
          size="small"
          icon={<Bug size={14} aria-hidden />}
          className={styles.inspect}
          onClick={onInspect}
        >
          Inspect all visits
        </Button>
      )}
      {open !== undefined && (
        <Dialog
          isOpen
          onClose={() => setOpen(undefined)}
          size="wide"
          isMaximisable
          title={`${open.name} - ${title}`}
          description={open.size === '' ? undefined : open.size}
          hasControls={false}
        >
          <div className={styles.large}>
            <ValueView label={open.name} value={open.value} variable={open.name} />
          </div>
        </Dialog>
      )}
    </div>
  )
}

function View({ part: { view, name } }: { readonly part: ResultPart }) {
  switch (view.kind) {
    case 'hits':
      return <HitList hits={view.hits} isOpen={false} />
    case 'rows':
      return (
        <ValueGrid
          label={name}
          columns={view.columns.map((column) => ({ name: column }))}
          rows={view.rows}
        />
      )
    case 'value':
      return hasParts(view.value) ? (
        <ValueTree label={`Value of ${name}`} value={view.value} />
      ) : (
        // It scrolls, so keys must reach it.
        <pre className={styles.value} tabIndex={0} aria-label={`Value of ${name}`}>
          {view.value === null || view.value === undefined ? (
            <i>null</i>
          ) : view.value === '' ? (
            <i>empty text</i>
          ) : (
            openText(view.value)
          )}
        </pre>
      )
  }
}

function copied({ view, value }: ResultPart): string {
  return view.kind === 'value' ? textOfValue(value) : JSON.stringify(value, null, 2)
}
