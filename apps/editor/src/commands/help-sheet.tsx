import { useState } from 'react'
import { sessionCommands } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { SearchBox } from '../ui/search-box.tsx'
import type { Gesture } from './gestures.ts'
import { helpGroups } from './help-entries.ts'
import styles from './help-sheet.module.css'

/** All keys and gestures, made from the table that binds them. */
export function HelpSheet() {
  const [search, setSearch] = useState('')
  const groups = helpGroups(search)
  return (
    <Dialog isOpen onClose={sessionCommands.close} title="Keyboard and mouse" size="large">
      <div className={styles.search}>
        <SearchBox label="Search keys and gestures" value={search} onChange={setSearch} />
      </div>
      {groups.length === 0 ? (
        <EmptyState
          title="Nothing is found"
          actions={<Button onClick={() => setSearch('')}>Show all</Button>}
        >
          No key and no gesture has these words.
        </EmptyState>
      ) : (
        <div className={styles.columns} tabIndex={0} role="region" aria-label="Keys and gestures">
          {groups.map(({ title, entries }) => (
            <section key={title} className={styles.group}>
              <h3>{title}</h3>
              <dl>
                {entries.map((entry) => (
                  <Entry key={entry.label + (entry.movement ?? '')} entry={entry} />
                ))}
              </dl>
            </section>
          ))}
        </div>
      )}
    </Dialog>
  )
}

function Entry({ entry: { label, keys = [], movement } }: { readonly entry: Gesture }) {
  return (
    <div className={styles.entry}>
      <dt>{label}</dt>
      <dd>
        {keys.map((key) => (
          <Kbd key={key} keys={key} />
        ))}
        {movement}
      </dd>
    </div>
  )
}
