import { useState } from 'react'
import { sessionCommands } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { SearchBox } from '../ui/search-box.tsx'
import { helpGroups, type HelpEntry } from './help-entries.ts'
import styles from './help-sheet.module.css'
import { keyChoiceCommands, useKeyChoices } from './key-choices.ts'
import { KeyRecorder } from './key-recorder.tsx'

/** All keys and gestures, made from the table that binds them; the keys of commands can be chosen. */
export function HelpSheet() {
  const [search, setSearch] = useState('')
  const hasChoices = useKeyChoices((choices) => Object.keys(choices).length > 0)
  const groups = helpGroups(search)
  return (
    <Dialog
      isOpen
      onClose={sessionCommands.close}
      title="Keyboard and mouse"
      description="Click the keys of a command to choose others."
      size="large"
      footer={hasChoices && <Button onClick={keyChoiceCommands.forgetAll}>Reset all keys</Button>}
    >
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

function Entry({ entry }: { readonly entry: HelpEntry }) {
  const { label, keys = [], movement, command } = entry
  return (
    <div className={styles.entry}>
      <dt>{label}</dt>
      <dd>
        {command === undefined ? (
          keys.map((key) => <Kbd key={key} keys={key} />)
        ) : (
          <KeyRecorder command={command} />
        )}
        {movement}
      </dd>
    </div>
  )
}
