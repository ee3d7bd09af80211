import type { FlowNode, NodeDefinition, Problem } from '@millrace/flow'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useSession, type SessionState } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { FieldSearch } from './field-search.tsx'
import {
  fieldsOfNode,
  manyFields,
  matchesField,
  unfoldedKeys,
  type PanelField,
} from './panel-fields.ts'
import styles from './properties-panel.module.css'
import { PropertyField } from './property-field.tsx'
import { fold, isUnfolded, unfold } from './unfolded-types.ts'

export interface NodeFieldsProps {
  readonly node: FlowNode
  readonly definition: NodeDefinition
  readonly problems: ReadonlyMap<string, readonly Problem[]>
  readonly showsHelp: boolean
  /** Counts the times that the search was asked for by its keys. */
  readonly searches: number
  /** Stand before and after the fields of the definition, while nothing is searched. */
  readonly before: ReactNode
  readonly after: ReactNode
}

const noProblems: readonly Problem[] = []

/**
 * The fields of a node in the order of its definition. Where there are many, those that are optional
 * and not set are folded away, in the place where they would stand, until they are asked for.
 */
export function NodeFields(props: NodeFieldsProps) {
  const { node, definition, problems, searches } = props
  const fields = fieldsOfNode(node, definition)
  const [query, setQuery] = useState('')
  const [isOpen, setOpen] = useState(() => isUnfolded(node.type))
  // A field does not go away while it is emptied: what was shown once stays.
  const [shownBefore] = useState(() => unfoldedKeys(fields))
  const wanted = useSession(selectWanted)
  useEffect(() => {
    if (wanted !== undefined) setQuery('')
  }, [wanted])

  const unfolded = unfoldedKeys(fields)
  const isShown = (field: PanelField) => {
    if (query.trim() !== '') return matchesField(field, query.trim())
    const { key } = field
    const isAsked = unfolded.has(key) || shownBefore.has(key) || key === wanted?.property
    return isOpen || isAsked || problems.has(key)
  }
  const shown = fields.filter(isShown)
  const folded = fields.length - shown.length
  const isSearched = query.trim() !== ''
  const hasSearch = fields.length >= manyFields || searches > 0
  return (
    <>
      {hasSearch && (
        <FieldSearch
          key={searches}
          query={query}
          isWanted={searches > 0}
          onChange={setQuery}
          onLeave={() => setQuery('')}
        />
      )}
      {!isSearched && props.before}
      {shown.map(({ key, property, value }) => (
        <PropertyField
          key={key}
          nodeId={node.id}
          propertyKey={key}
          property={property}
          value={value}
          problems={problems.get(key) ?? noProblems}
          showsHelp={props.showsHelp}
        />
      ))}
      {isSearched && shown.length === 0 && (
        <p className={styles.nothing} role="status">
          No field matches “{query.trim()}”.
        </p>
      )}
      {!isSearched && folded > 0 && (
        <Button
          variant="quiet"
          size="small"
          className={styles.fold}
          icon={<ChevronDown size={14} aria-hidden />}
          onClick={() => {
            unfold(node.type)
            setOpen(true)
          }}
        >
          Show {counted(folded, 'more field')}
        </Button>
      )}
      {!isSearched && isOpen && fields.some(({ key }) => !unfolded.has(key)) && (
        <Button
          variant="quiet"
          size="small"
          className={styles.fold}
          icon={<ChevronUp size={14} aria-hidden />}
          onClick={() => {
            fold(node.type)
            setOpen(false)
          }}
        >
          Show less
        </Button>
      )}
      {!isSearched && props.after}
    </>
  )
}

function selectWanted({ focus }: SessionState): SessionState['focus'] {
  return focus
}
