import { ArrowDown, ArrowUp, Search, SearchX } from 'lucide-react'
import { useDeferredValue, useEffect, useRef, type KeyboardEvent } from 'react'
import { placePanels } from '../app/panel-layout.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { CommandButton } from '../commands/command-button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { SearchBox } from '../ui/search-box.tsx'
import { findInFlow } from './find-in-flow.ts'
import { HitList } from './hit-list.tsx'
import { RenameOffer } from './rename-offer.tsx'
import styles from './search-panel.module.css'
import { searchCommands, useSearch } from './search-store.ts'

const selectFlow = ({ flow }: DocumentState) => flow
const selectProblems = ({ problems }: DocumentState) => problems

/** The search in the open flow: what holds the text, by node; each hit leads to its field. */
export function SearchPanel() {
  const { search, hits, at } = useSearch()
  useFreshHits(search)
  return (
    <>
      <SearchField />
      <div className={styles.content}>
        <RenameOffer key={search} name={search.trim()} />
        {search.trim() === '' ? (
          <EmptyState icon={<Search size={20} aria-hidden />} title="Search in this flow">
            Titles, properties, SQL, variables, notes and problems.
          </EmptyState>
        ) : hits.length === 0 ? (
          <EmptyState
            icon={<SearchX size={20} aria-hidden />}
            title="Nothing is found"
            actions={<Button onClick={() => searchCommands.open('')}>Clear the search</Button>}
          >
            Nothing in this flow holds “{search.trim()}”.
          </EmptyState>
        ) : (
          <HitList hits={hits} at={at} length={search.trim().length} />
        )}
      </div>
    </>
  )
}

/** Searches again when the text or the flow has changed, and ends the search when it is closed. */
function useFreshHits(search: string): void {
  const flow = useDeferredValue(useDocument(selectFlow))
  const problems = useDeferredValue(useDocument(selectProblems))
  useEffect(() => {
    searchCommands.show(findInFlow({ flow, problems, registry }, search))
  }, [flow, problems, search])
  useEffect(() => searchCommands.end, [])
}

function SearchField() {
  const { search, hits, at, asked } = useSearch()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    field.current?.focus({ preventScroll: true })
    field.current?.select()
  }, [asked])

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') searchCommands.step(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape') placePanels({ leftPanel: undefined })
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={styles.search}>
      <SearchBox
        label="Search in this flow"
        inputRef={field}
        value={search}
        onChange={searchCommands.searchFor}
        onKeyDown={onKeyDown}
      >
        <span className={styles.count} role="status">
          {search.trim() === '' ? '' : countOf(hits.length, at)}
        </span>
        <CommandButton command="findPrevious" size={15}>
          <ArrowUp size={15} aria-hidden />
        </CommandButton>
        <CommandButton command="findNext" size={15}>
          <ArrowDown size={15} aria-hidden />
        </CommandButton>
      </SearchBox>
    </div>
  )
}

function countOf(count: number, at: number | undefined): string {
  if (count === 0) return 'no hits'
  if (at !== undefined) return `${at + 1} of ${count}`
  return count === 1 ? '1 hit' : `${count} hits`
}
