import { Popover } from '@base-ui/react/popover'
import {
  describeType,
  formatReference,
  keepInVariable,
  parseReference,
  type ScopeVariable,
  type Type,
} from '@millrace/flow'
import { ChevronRight, CircleSlash, Search } from 'lucide-react'
import { use, useId, useMemo, useState, type RefObject } from 'react'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import popup from '../ui/popup.module.css'
import { useTreeKeys } from '../ui/use-tree-keys.ts'
import { FieldProblemsContext } from './field-problems.ts'
import { useKnownValues } from './known-values.ts'
import { lastValueOf, useLastValues, type LastValues } from './last-values.ts'
import {
  isOpen,
  pickerGroups,
  pickerRows,
  type PickerNode,
  type PickerRow,
} from './picker-model.ts'
import { useFlowAndScopes } from './scopes.ts'
import { showValue } from './show-value.ts'
import styles from './variable-picker.module.css'

/** An element, or a place in a text. */
type PickerAnchor = { getBoundingClientRect(): DOMRect } | RefObject<Element | null>

export interface VariablePickerProps {
  readonly nodeId: string
  /** What is wanted: variables of other types are grey, but can be opened. */
  readonly wanted: Type
  /** Whether other types may be chosen too, to be written out as JSON. */
  readonly takesJson?: boolean
  /** What the picker stands by. */
  readonly anchor: PickerAnchor
  /** Shown above everything else, for a broken reference. */
  readonly nearest?: readonly string[]
  readonly onChoose: (reference: string) => void
  /** Closed without a choice; `typed` is a space that was typed into the empty search. */
  readonly onClose: (typed?: string) => void
}

/** The tree of what a node's property may refer to, in a popover with a search. */
export function VariablePicker(props: VariablePickerProps) {
  return (
    <Popover.Root open modal={false} onOpenChange={(isOpen) => !isOpen && props.onClose()}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={props.anchor}
          align="start"
          sideOffset={4}
          className={popup.positioner}
        >
          <Popover.Popup className={`${popup.popup} ${styles.popup}`} aria-label="Variables">
            <PickerTree {...props} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function PickerTree(props: VariablePickerProps) {
  const { nodeId, wanted, takesJson = false, nearest, onChoose, onClose } = props
  const { flow, scopes } = useFlowAndScopes()
  const values = useLastValues(nodeId)
  const known = useKnownValues(nodeId)
  const id = useId()
  const [query, setQuery] = useState('')
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())

  const groups = useMemo(
    () => pickerGroups({ flow, registry, scopes, nodeId, wanted, takesJson, values: known }),
    [flow, scopes, nodeId, wanted, takesJson, known],
  )
  const sections = groups
    .map(({ id: group, origin, variables }) => ({
      group,
      origin,
      rows: pickerRows(variables, query, toggled).map((row) => ({
        ...row,
        id: rowId(id, row),
        depth: row.node.depth,
      })),
    }))
    .filter(({ rows }) => rows.length > 0)
  const rows = sections.flatMap((section) => section.rows)
  const toggle = ({ node }: PickerRow) => {
    const next = new Set(toggled)
    if (!next.delete(node.reference)) next.add(node.reference)
    setToggled(next)
  }
  const { key } = use(FieldProblemsContext)
  const keep = (reference: string, variable: ScopeVariable) => {
    const kept = keepInVariable(useDocument.getState().flow, registry, variable)
    const parsed = parseReference(reference)
    if (kept === undefined || parsed === undefined) return
    // Undone together with the choice, which is an edit of the same field.
    const together = key === undefined ? {} : { coalesce: key }
    documentCommands.edit(`Keep “${variable.name}” in a flow variable`, () => kept.flow, together)
    onChoose(formatReference({ ...parsed, variable: kept.name }))
  }
  const choose = (row: PickerRow) => {
    if (row.node.fit !== 'none') onChoose(row.node.reference)
    else if (row.node.keepable !== undefined) keep(row.node.reference, row.node.keepable)
    else if (row.isExpandable && !row.isExpanded) toggle(row)
  }

  const { active, onKeyDown } = useTreeKeys({
    lines: rows,
    first:
      rows.find(({ node, isMatch }) => node.fit === 'fits' && isMatch) ??
      rows.find(({ isMatch }) => isMatch) ??
      rows[0],
    isSearched: query !== '',
    onToggle: toggle,
    onChoose: choose,
  })

  return (
    <>
      <div className={styles.search}>
        <Search size={14} aria-hidden />
        <input
          role="combobox"
          aria-label="Search variables"
          aria-expanded
          aria-haspopup="tree"
          aria-controls={`${id}-tree`}
          aria-activedescendant={active?.id}
          placeholder="Search variables"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== ' ' || query !== '') return onKeyDown(event)
            event.preventDefault()
            onClose(' ')
          }}
        />
      </div>
      {nearest !== undefined && nearest.length > 0 && query === '' && (
        <div className={styles.nearest} role="group" aria-label="Did you mean">
          <span className={styles.groupTitle}>Did you mean</span>
          {nearest.map((reference) => (
            <button type="button" key={reference} onClick={() => onChoose(reference)}>
              {reference}
            </button>
          ))}
        </div>
      )}
      <div id={`${id}-tree`} role="tree" aria-label="Variables in scope" className={styles.tree}>
        {sections.map(({ group, origin, rows: sectionRows }) => (
          <div key={group} role="group" aria-label={origin.title} data-tone={origin.tone}>
            <span className={styles.groupTitle} aria-hidden>
              <span className={styles.dot} />
              {origin.title}
            </span>
            {sectionRows.map((row) => (
              <Row
                key={row.id}
                id={row.id}
                row={row}
                lastValue={
                  row.node.unreachable === undefined
                    ? lastValueOf(row.node.reference, values)
                    : undefined
                }
                isActive={row === active}
                onToggle={() => toggle(row)}
                onChoose={() => choose(row)}
              />
            ))}
          </div>
        ))}
        {rows.length === 0 && (
          <p className={styles.empty}>
            {query === ''
              ? 'No variables yet. Nodes that run before this one declare them; the flow can have its own too.'
              : `No variable matches “${query}”.`}
          </p>
        )}
      </div>
      <p className={styles.foot} role="status">
        {active === undefined ? '' : refusalOf(active.node, wanted) || adviceOf(active.node, known)}
      </p>
    </>
  )
}

/** Why a variable cannot be chosen, and what can be done; empty when it can. */
function refusalOf(
  { fit, unreachable, keepable, type, children }: PickerNode,
  wanted: Type,
): string {
  if (keepable !== undefined) {
    return `${unreachable} Chosen, it is kept in a flow variable, which is there for every node.`
  }
  if (fit !== 'none' || unreachable !== undefined) return unreachable ?? ''
  const reason = `This is ${describeType(type)}; ${describeType(wanted)} is wanted.`
  if (children.length === 0) return reason
  return children.some(holdsFit)
    ? `${reason} Open it to choose from what it holds.`
    : `${reason} Nothing in it fits.`
}

/** How to get at a field that is not listed, since nobody knows which fields there are. */
function adviceOf({ type, reference, children }: PickerNode, known: LastValues): string {
  const hasFields = typeof (lastValueOf(reference, known) ?? {}) === 'object'
  if (!isOpen(type) || children.length > 0 || !hasFields) return ''
  return `For a field of it, type its name: ${reference}.name`
}

function holdsFit({ fit, children }: PickerNode): boolean {
  return fit !== 'none' || children.some(holdsFit)
}

function rowId(id: string, { node }: PickerRow): string {
  return `${id}-${node.reference}${node.unreachable === undefined ? '' : '-unreachable'}`
}

interface RowProps {
  readonly id: string
  readonly row: PickerRow
  /** `undefined` when it is not known. */
  readonly lastValue: unknown
  readonly isActive: boolean
  readonly onToggle: () => void
  readonly onChoose: () => void
}

function Row({ id, row, lastValue, isActive, onToggle, onChoose }: RowProps) {
  const { node, isExpandable, isExpanded } = row
  return (
    // The keyboard is the search field's, which points here by aria-activedescendant.
    <div
      id={id}
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: 'nearest' })
      }}
      role="treeitem"
      tabIndex={-1}
      aria-level={node.depth + 1}
      aria-expanded={isExpandable ? isExpanded : undefined}
      aria-disabled={(node.fit === 'none' && node.keepable === undefined) || undefined}
      data-keepable={node.keepable !== undefined || undefined}
      aria-selected={isActive}
      className={styles.row}
      style={{ paddingLeft: 4 + node.depth * 16 }}
      title={node.unreachable ?? node.reference}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span
        className={styles.chevron}
        data-open={isExpanded || undefined}
        onClick={(event) => {
          if (!isExpandable) return
          event.stopPropagation()
          onToggle()
        }}
      >
        {isExpandable && <ChevronRight size={14} aria-hidden />}
      </span>
      <span className={styles.name}>{node.name}</span>{' '}
      {lastValue !== undefined && (
        <span className={styles.last} title="In the last run">
          {showValue(lastValue, 'line')}
        </span>
      )}{' '}
      <span className={styles.type}>
        {node.unreachable !== undefined && <CircleSlash size={12} aria-hidden />}
        {describeType(node.type)}
        {node.fit === 'as-json' && ', as JSON'}
      </span>
      {node.unreachable !== undefined && node.depth === 0 && (
        <span className={styles.reason}>
          {node.unreachable}
          {node.keepable !== undefined && <b>Keep it in a flow variable</b>}
        </span>
      )}
    </div>
  )
}
