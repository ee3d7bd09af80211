import { useMemo } from 'react'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { Palette, type PaletteGroup } from '../ui/palette.tsx'
import { wordsOf } from '../ui/word-score.ts'
import { canvasCommands } from './canvas-commands.ts'
import { connectLabel } from './connect-label.ts'
import { connectOptionsAt, connectOptionsOf } from './connect-options.ts'
import { NodeIconTile } from './node-icon-tile.tsx'

const selectOpened = ({ opened }: SessionState) => opened
const selectFlow = (document: DocumentState) => document.flow

/** *Connect to…*: the keyboard's way to draw a wire from a node. */
export function ConnectPalette() {
  const opened = useSession(selectOpened)
  return opened?.kind === 'connect' ? <OpenPalette {...opened} /> : null
}

interface OpenPaletteProps {
  readonly nodeId: string
  /** Only wires at this port of its card. */
  readonly portId?: string
}

function OpenPalette({ nodeId, portId }: OpenPaletteProps) {
  const flow = useDocument(selectFlow)
  const options = useMemo(
    () =>
      portId === undefined
        ? connectOptionsOf(flow, registry, nodeId)
        : connectOptionsAt(flow, registry, { nodeId, portId }),
    [flow, nodeId, portId],
  )

  function find(search: string): readonly PaletteGroup[] {
    const words = wordsOf(search)
    const found = options
      .map((option, index) => ({ option, index }))
      .filter(({ option }) => {
        const text = `${option.port} ${option.target}`.toLowerCase()
        return words.every((word) => text.includes(word))
      })
    const groups = Map.groupBy(found, ({ option }) => option.port)
    return [...groups].map(([port, members]) => ({
      title: port,
      items: members.map(({ option, index }) => ({
        id: String(index),
        title: option.target,
        icon: <NodeIconTile definition={registry.nodes.get(option.targetType)} />,
        ...(option.consequence === undefined ? {} : { hint: option.consequence }),
      })),
    }))
  }

  function choose(id: string): void {
    const option = options[Number(id)]
    sessionCommands.close()
    if (option !== undefined) canvasCommands.take(option.choice)
  }

  return (
    <Palette
      label={portId === undefined ? 'Connect to' : connectLabel(portId)}
      find={find}
      empty={
        options.length === 0
          ? 'There is nothing that this fits.'
          : 'Nothing is found. Try another word.'
      }
      onChoose={choose}
      onClose={sessionCommands.close}
    />
  )
}
