import { useMemo, useState } from 'react'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { useSession, type SessionState } from '../session/session-store.ts'
import { linesOf, pathTo, type OutlineLine } from './outline-lines.ts'
import { nodeItemId, outlineOf } from './outline.ts'

const selectFlow = (document: DocumentState) => document.flow
const selectNodeIds = (session: SessionState) => session.selectedNodeIds

/** The outline as it is shown. */
export interface ShownOutline {
  readonly lines: readonly OutlineLine[]
  /** The line that the keys are about; its place among the lines, -1 when there are none. */
  readonly active: OutlineLine | undefined
  readonly at: number
  readonly selected: ReadonlySet<string>
  readonly activate: (line: OutlineLine) => void
  readonly toggle: (line: OutlineLine) => void
}

/** The lines of the open flow. What is selected elsewhere becomes the active line, and is unfolded. */
export function useOutline(): ShownOutline {
  const flow = useDocument(selectFlow)
  const selected = useSession(selectNodeIds)
  const items = useMemo(() => outlineOf(flow, registry), [flow])
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const [activeId, setActiveId] = useState<string>()
  const [followed, setFollowed] = useState<ReadonlySet<string>>()

  if (selected !== followed) {
    setFollowed(selected)
    const [nodeId] = selected
    const isActive =
      activeId !== undefined && [...selected].some((id) => nodeItemId(id) === activeId)
    if (nodeId !== undefined && !isActive) {
      setActiveId(nodeItemId(nodeId))
      const above = pathTo(items, nodeItemId(nodeId))
      if (above.some((id) => collapsed.has(id))) {
        setCollapsed(new Set([...collapsed].filter((id) => !above.includes(id))))
      }
    }
  }

  const lines = useMemo(() => linesOf(items, collapsed), [items, collapsed])
  const active = lines.find(({ id }) => id === activeId) ?? lines[0]
  return {
    lines,
    active,
    at: active === undefined ? -1 : lines.indexOf(active),
    selected,
    activate: ({ id }) => setActiveId(id),
    toggle({ id }) {
      setCollapsed((before) => {
        const after = new Set(before)
        if (!after.delete(id)) after.add(id)
        return after
      })
    },
  }
}
