import { Handle } from '@xyflow/react'
import { Play } from 'lucide-react'
import { memo } from 'react'
import { portKey, useCanvas } from '../canvas-store.ts'
import { portSizes, type CardPort } from '../card-layout.ts'
import type { InputState } from '../input-state.ts'
import { hoverPort } from '../port-hover.ts'
import styles from './port.module.css'
import { handlePositionOf, handleTypeOf } from './to-nodes.ts'

export interface PortProps {
  readonly nodeId: string
  /** The title of its node, for its name. */
  readonly title: string
  readonly port: CardPort
  /** For an input: how it stands. */
  readonly state?: InputState
  /** Name, type and value, for the tooltip. */
  readonly hint?: string
}

/** One port of a card, at the place that the layout gives it. */
export const Port = memo(function Port({ nodeId, title, port, state, hint }: PortProps) {
  const fits = useCanvas((canvas) => canvas.wire?.fitting.has(portKey(nodeId, port.id)) ?? false)
  const isPartner = useCanvas((canvas) => canvas.partnerPorts.has(portKey(nodeId, port.id)))
  const size = portSizes[port.kind]
  return (
    <Handle
      id={port.id}
      type={handleTypeOf(port)}
      position={handlePositionOf(port)}
      role="img"
      aria-label={`${title}: ${nameOf(port)}${state === undefined ? '' : `, ${stateNames[state]}`}`}
      className={styles.port}
      data-node-id={nodeId}
      data-port={port.id}
      data-kind={port.kind}
      data-direction={port.direction}
      data-state={state}
      data-fits={fits || undefined}
      data-partner={isPartner || undefined}
      onMouseEnter={({ currentTarget }) =>
        hoverPort({
          nodeId,
          portId: port.id,
          label: port.label,
          lines: (hint ?? nameOf(port)).split('\n'),
          box: currentTarget.getBoundingClientRect(),
        })
      }
      onMouseLeave={() => hoverPort(undefined)}
      style={{ left: port.x - size / 2, top: port.y - size / 2, width: size, height: size }}
    >
      {port.kind === 'exec' && <Play size={8} aria-hidden />}
    </Handle>
  )
})

const stateNames = {
  bound: 'set',
  empty: 'not set',
  missing: 'required and not set',
  broken: 'has a problem',
} as const

function nameOf({ kind, direction, label }: CardPort): string {
  switch (kind) {
    case 'exec':
      return direction === 'in' ? 'start' : `exit ${label}`.trim()
    case 'data':
      return direction === 'in' ? `input ${label}` : `output ${label}`
    case 'attachment':
      return direction === 'in' ? 'attach to a host' : `attachment ${label}`
  }
}
