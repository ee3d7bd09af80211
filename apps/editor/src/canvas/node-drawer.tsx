import { useState } from 'react'
import { registry } from '../registry.ts'
import { NodeIconTile } from './node-icon-tile.tsx'
import { searchDefinitions } from './node-picker.ts'

/** The palette of nodes at the left of the canvas. */
export function NodeDrawer() {
  const [search, setSearch] = useState('')
  const groups = searchDefinitions([...registry.nodes.values()], search)
  return (
    <div>
      <input
        aria-label="Search nodes"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {groups.map(({ title, definitions }) => (
        <section key={title} aria-label={title}>
          {definitions.map((definition) => (
            <div key={definition.type}>
              <NodeIconTile definition={definition} /> {definition.title}
            </div>
          ))}
        </section>
      ))}
    </div>
  )
}
