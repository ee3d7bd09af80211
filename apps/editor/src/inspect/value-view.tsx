import { lazy, Suspense, useMemo, useState } from 'react'
import { Choice } from '../ui/choice.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { ExportMenu } from './export-menu.tsx'
import { HitList } from './hit-list.tsx'
import { viewOf, type ResultView } from './result-parts.ts'
import { ValueTable } from './value-table.tsx'
import { ValueTextView } from './value-text-view.tsx'
import { openText, textOfValue } from './value-text.ts'
import { ValueTree } from './value-tree.tsx'
import styles from './value-view.module.css'
import { lookLabels, looksOf, parsedJson, type ValueLook } from './value-views.ts'

const Markdown = lazy(async () => ({
  default: (await import('@millrace/chat-view/markdown')).Markdown,
}))

export interface ValueViewProps {
  /** What it is of, for screen readers and exported files. */
  readonly label: string
  readonly value: unknown
  /** The variable that holds it, for paths that a flow understands. */
  readonly variable?: string | undefined
}

/** A value in full, in each way in which it can be looked at. It takes the room that there is. */
export function ValueView({ label, value, variable }: ValueViewProps) {
  const view = useMemo(() => viewOf(value), [value])
  const looks = useMemo(() => looksOf(view, value), [view, value])
  const [wanted, setWanted] = useState<ValueLook>()
  const look = looks.find((one) => one === wanted) ?? looks[0] ?? 'text'
  const tools = (
    <>
      {looks.length > 1 && (
        <Choice
          label="View as"
          isLabelHidden
          value={look}
          options={looks.map((one) => ({ value: one, label: lookLabels[one] }))}
          onChange={setWanted}
        />
      )}
      <CopyButton label="Copy all" text={() => copied(value)} />
    </>
  )
  if (look === 'table' && view.kind === 'rows') {
    return (
      <ValueTable
        label={label}
        columns={view.columns}
        rows={view.rows}
        value={value}
        tools={tools}
      />
    )
  }
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <strong className={styles.label} title={label}>
          {label}
        </strong>
        <ExportMenu name={label} json={() => value ?? null} />
        {tools}
      </div>
      <Look
        look={look === 'table' ? 'tree' : look}
        view={view}
        label={label}
        value={value}
        variable={variable}
      />
    </div>
  )
}

interface LookProps extends ValueViewProps {
  readonly look: Exclude<ValueLook, 'table'>
  readonly view: ResultView
}

function Look({ look, view, label, value, variable }: LookProps) {
  switch (look) {
    case 'hits':
      return (
        // It scrolls, so keys must reach it.
        <div className={styles.padded} role="region" tabIndex={0} aria-label={label}>
          {view.kind === 'hits' && <HitList hits={view.hits} isOpen />}
        </div>
      )
    case 'tree':
      return (
        <ValueTree
          isLarge
          label={label}
          value={typeof value === 'string' ? parsedJson(value) : value}
          variable={typeof value === 'string' ? undefined : variable}
        />
      )
    case 'markdown':
      return (
        <div className={styles.padded} role="region" tabIndex={0} aria-label={label}>
          <Suspense>
            <Markdown text={textOfValue(value)} isStreaming={false} />
          </Suspense>
        </div>
      )
    case 'json':
      return <ValueTextView isCode label={label} text={JSON.stringify(value, null, 2)} />
    case 'text':
      return value === null || value === undefined ? (
        <p className={styles.none}>
          <i>null</i>
        </p>
      ) : (
        <ValueTextView label={label} text={openText(value)} />
      )
  }
}

function copied(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')
}
