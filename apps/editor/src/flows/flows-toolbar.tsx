import { LayoutGrid, List, Tags } from 'lucide-react'
import { tagKey } from '@millrace/flow'
import type { FlowSummary } from '../api/flow-list-api.ts'
import { knownTags } from '../tags/known-tags.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { SearchBox } from '../ui/search-box.tsx'
import { Select, type SelectOption } from '../ui/select.tsx'
import { flowsPageCommands, useFlowsPage } from './flows-page-store.ts'
import styles from './flows-toolbar.module.css'
import type { FlowSort, FlowState } from './shown-flows.ts'

const sorts: readonly SelectOption<FlowSort>[] = [
  { value: 'changed', label: 'Last changed' },
  { value: 'name', label: 'Name' },
  { value: 'lastRun', label: 'Last run' },
]

const states: readonly SelectOption<FlowState>[] = [
  { value: 'any', label: 'In any state' },
  { value: 'problems', label: 'With problems' },
  { value: 'failed', label: 'Failed last' },
  { value: 'neverRun', label: 'Never run' },
]

/** As many tags as are offered in view; the others are in *All tags*. */
const maxOffered = 12

/** Narrows the list of flows, orders it, and says how it is laid out. */
export function FlowsToolbar({ flows }: { readonly flows: readonly FlowSummary[] }) {
  const { filter, layout } = useFlowsPage()
  const known = knownTags(flows)
  const chosen = new Set(filter.tags.map(tagKey))
  const offered = known.filter(({ tag }, index) => index < maxOffered || chosen.has(tagKey(tag)))

  return (
    <div className={styles.toolbar} role="search" aria-label="Flows">
      <div className={styles.controls}>
        <SearchBox
          label="Search flows"
          placeholder="Search by name, tag, node …"
          className={styles.search}
          value={filter.query}
          onChange={(query) => flowsPageCommands.narrow({ query })}
        />
        <Select
          label="Show flows"
          className={styles.select ?? ''}
          value={filter.state}
          options={states}
          onChange={(state) => flowsPageCommands.narrow({ state })}
        />
        <Select
          label="Order"
          className={styles.select ?? ''}
          value={filter.sort}
          options={sorts}
          onChange={(sort) => flowsPageCommands.narrow({ sort })}
        />
        <div className={styles.layouts} role="group" aria-label="Layout">
          <IconButton
            label="Cards"
            isPressed={layout === 'grid'}
            onClick={() => flowsPageCommands.setLayout('grid')}
          >
            <LayoutGrid size={16} aria-hidden />
          </IconButton>
          <IconButton
            label="Rows"
            isPressed={layout === 'list'}
            onClick={() => flowsPageCommands.setLayout('list')}
          >
            <List size={16} aria-hidden />
          </IconButton>
        </div>
      </div>
      {known.length > 0 && (
        <div className={styles.tags} role="group" aria-label="Only flows with the tag">
          {offered.map(({ tag, count }) => (
            <button
              key={tag}
              type="button"
              className={styles.tag}
              aria-pressed={chosen.has(tagKey(tag))}
              onClick={() => flowsPageCommands.toggleTag(tag)}
            >
              {tag} <span>{count}</span>
            </button>
          ))}
          <Button
            size="small"
            variant="quiet"
            icon={<Tags size={14} aria-hidden />}
            onClick={() => flowsPageCommands.open({ kind: 'allTags' })}
          >
            All tags…
          </Button>
        </div>
      )}
    </div>
  )
}
