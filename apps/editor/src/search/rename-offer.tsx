import { useState } from 'react'
import { documentCommands, useDocument, type DocumentState } from '../document/document-store.ts'
import { scopesIn } from '../document/scopes-in.ts'
import { NameControl } from '../properties/name-control.tsx'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { renamingsOf, type Renaming } from './rename-variable.ts'
import styles from './search-panel.module.css'
import { searchCommands } from './search-store.ts'

const selectFlow = ({ flow }: DocumentState) => flow

/** Where a search is the name of a variable: *Replace* means renaming it, with all that refers to it. */
export function RenameOffer({ name }: { readonly name: string }) {
  const flow = useDocument(selectFlow)
  return renamingsOf(flow, registry, name).map((renaming, index) => (
    // What declares a variable has no other mark than its place among the others.
    <Offer key={index} name={name} renaming={renaming} />
  ))
}

function Offer({ name, renaming }: { readonly name: string; readonly renaming: Renaming }) {
  const [isOpen, setIsOpen] = useState(false)
  const taken = new Set(
    scopesIn(useDocument.getState().flow, registry).declared.map((one) => one.name),
  )

  function rename(to: string): void {
    documentCommands.edit('Rename a variable', (flow) => renaming.rename(flow, to))
    searchCommands.open(to)
  }

  return (
    <div className={styles.offer}>
      <p>
        <code>{name}</code> is a variable of {renaming.owner}.
      </p>
      {isOpen ? (
        <NameControl
          label={`New name of ${name}`}
          name={name}
          taken={taken}
          mayBeEmpty={false}
          onChange={rename}
        />
      ) : (
        <Button size="small" onClick={() => setIsOpen(true)}>
          Rename everywhere…
        </Button>
      )}
    </div>
  )
}
