import type { RefObject } from 'react'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import type { PickerOrigin } from '../session/opened.ts'
import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { Palette, type PaletteGroup } from '../ui/palette.tsx'
import { canvasCommands } from './canvas-commands.ts'
import { startNodeDrag } from './node-drag.ts'
import { NodeIconTile } from './node-icon-tile.tsx'
import { fittingDefinitions, searchDefinitions } from './node-picker.ts'
import { useViewport } from './react-flow/viewport.ts'
import { withAuthor } from './with-author.ts'

const selectFlow = (document: DocumentState) => document.flow
const selectOrigin = ({ opened }: SessionState) =>
  opened?.kind === 'picker' ? opened.origin : undefined

/** The palette of nodes to add: all of them, or those that fit where a wire was dropped. */
export function AddNodePalette({
  container,
}: {
  readonly container: RefObject<HTMLElement | null>
}) {
  const origin = useSession(selectOrigin)
  return origin === undefined ? null : <OpenPalette container={container} origin={origin} />
}

interface OpenPaletteProps {
  readonly container: RefObject<HTMLElement | null>
  readonly origin: PickerOrigin
}

function OpenPalette({ container, origin }: OpenPaletteProps) {
  const flow = useDocument(selectFlow)
  const { toWindow } = useViewport()
  const definitions = fittingDefinitions(flow, registry, origin)
  const box = container.current?.getBoundingClientRect()

  function place(): { left: number; top: number } | undefined {
    if (origin.position === undefined || box === undefined) return undefined
    const [x, y] = toWindow(origin.position)
    return {
      left: Math.max(8, Math.min(x - box.left + 8, box.width - 352)),
      top: Math.max(8, Math.min(y - box.top - 20, box.height - 412)),
    }
  }

  function find(search: string): readonly PaletteGroup[] {
    return searchDefinitions(definitions, search).map((group) => ({
      title: group.title,
      items: group.definitions.map((definition) => ({
        id: definition.type,
        title: definition.title,
        hint: definition.description,
        end: withAuthor('', definition) || definition.system,
        icon: <NodeIconTile definition={definition} />,
        onDragStart: (event) => startNodeDrag(event, definition),
      })),
    }))
  }

  function choose(type: string): void {
    const definition = registry.nodes.get(type)
    sessionCommands.close()
    if (definition === undefined) return
    canvasCommands.add(definition, origin)
  }

  return (
    <Palette
      label="Add a node"
      find={find}
      empty={
        definitions.length === 0 ? 'No node fits here.' : 'No node is found. Try another word.'
      }
      place={place()}
      onChoose={choose}
      onClose={sessionCommands.close}
    />
  )
}
