import { useEffect, useState } from 'react'
import { showValue } from '../properties/show-value.ts'
import { useRun } from '../run/run-store.ts'
import { useCanvas, type HoveredPort } from './canvas-store.ts'
import styles from './port-tooltip.module.css'
import { readPort } from './wiring.ts'

/** Milliseconds for which the pointer rests on a port before it is told about. */
const restsFor = 350

/** Beside the port below the pointer: its name and type, what it is bound to, and its last value. */
export function PortTooltip() {
  const port = useCanvas(({ wire, wireMenu, hoveredPort }) =>
    wire === undefined && wireMenu === undefined ? hoveredPort : undefined,
  )
  const [shown, setShown] = useState<HoveredPort>()
  useEffect(() => {
    const timer = setTimeout(() => setShown(port), port === undefined ? 0 : restsFor)
    return () => clearTimeout(timer)
  }, [port])
  return shown !== undefined && shown === port ? <TooltipOf port={shown} /> : null
}

function TooltipOf({ port }: { readonly port: HoveredPort }) {
  const value = useLastValue(port)
  const { box } = port
  const [title, ...lines] = port.lines
  return (
    <div
      role="tooltip"
      className={styles.tooltip}
      style={{ left: box.left + box.width / 2, top: box.top - 8 }}
    >
      <strong>{title}</strong>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
      {value !== undefined && (
        <span className={styles.value}>Last run: {showValue(value, 'line').slice(0, 160)}</span>
      )}
    </div>
  )
}

/** What went in or came out there in the watched run; `undefined` when that is not known. */
function useLastValue({ nodeId, portId, label }: HoveredPort): unknown {
  return useRun(({ state }) => {
    const node = state.nodes.get(nodeId)
    const port = readPort(portId)
    if (port.kind === 'out') return node?.outputs?.[label]
    // A part of a property, such as a parameter, has no value of its own in the log.
    return port.kind === 'in' ? node?.input?.[port.key] : undefined
  })
}
