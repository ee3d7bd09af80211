import { execPortsOf, type NodeDefinition } from '@millrace/flow'
import { canvasState } from './canvas-store.ts'
import { attachmentId, cardMeasures, execInId } from './card-layout.ts'
import styles from './card-parts.module.css'
import { cardNameIds } from './card-name-ids.ts'
import type { Card } from './card.ts'
import { ExitLabel } from './exit-label.tsx'
import { isMissing } from './input-state.ts'
import { StatusPill } from './status-pill.tsx'

/** The band with the exec ports' names and, beside them, the state of the run. */
export function ExecBand({ card }: { readonly card: Card }) {
  const { node, definition, layout } = card
  const outs = layout.ports.filter(({ kind, direction }) => kind === 'exec' && direction === 'out')
  const blocks = definition === undefined ? [] : execPortsOf(definition, node)
  // The only way on needs no name.
  const isNamed = outs.length > 1 || blocks.some(({ block }) => block !== undefined)
  return (
    <div
      className={styles.exec}
      style={{ height: layout.execHeight }}
      data-last={layout.isExecLast || undefined}
      data-final={definition?.jump !== undefined || undefined}
    >
      <span
        className={styles.status}
        data-first={layout.ports.every(({ id }) => id !== execInId) || undefined}
      >
        {card.brokenBy !== undefined ? (
          <span className={styles.broken}>{brokenTexts[card.brokenBy]}</span>
        ) : node.disabled === true ? (
          <span className={styles.disabled}>Disabled</span>
        ) : (
          <StatusPill nodeId={node.id} id={cardNameIds(node.id).status} />
        )}
      </span>
      <ul className={styles.outs}>
        {outs.map((port) => (
          <li key={port.id} className={styles.row}>
            {isNamed && <ExitLabel nodeId={node.id} port={port.key} label={port.label} />}
          </li>
        ))}
        {definition?.jump !== undefined && (
          <li className={styles.jump}>{jumpTexts[definition.jump]}</li>
        )}
      </ul>
    </div>
  )
}

/** Where the path of a node goes that has no exit. */
const jumpTexts = {
  return: 'Ends the flow',
  break: 'Leaves the loop',
  continue: 'Next round',
  throw: 'Fails',
} as const satisfies Readonly<Record<NonNullable<NodeDefinition['jump']>, string>>

const brokenTexts = { unknown: 'Unknown type', newer: 'Needs a newer Millrace' } as const

/** The names of the inputs and outputs. */
export function DataPorts({ card }: { readonly card: Card }) {
  const { node, layout, title } = card
  const outputs = layout.ports.filter(
    ({ kind, direction }) => kind === 'data' && direction === 'out',
  )
  return (
    <div className={styles.data} style={{ height: layout.dataHeight }}>
      <ul className={styles.inputs}>
        {layout.inputs.map((input) => (
          <li key={input.id} className={styles.row} data-bound={input.isBound || undefined}>
            <span className={styles.label} title={input.label}>
              {input.label}
            </span>
            {isMissing(input) && (
              <b className={styles.required} aria-hidden>
                *
              </b>
            )}
          </li>
        ))}
        {layout.foldable > 0 && (
          <li className={styles.row}>
            <button
              type="button"
              className={`${styles.fold} nodrag`}
              aria-expanded={!layout.isFolded}
              aria-label={
                layout.isFolded
                  ? `${title}: show ${layout.foldable} more inputs`
                  : `${title}: show fewer inputs`
              }
              onClick={() => canvasState.toggleExpanded(node.id)}
            >
              {layout.isFolded ? `+${layout.foldable} more` : 'Show less'}
            </button>
          </li>
        )}
      </ul>
      <ul className={styles.outputs}>
        {outputs.map((port) => (
          <li key={port.id} className={styles.row}>
            <span className={styles.label} title={port.label}>
              {port.label}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The names of the attachment ports, above their diamonds on the card's edge. */
export function Attachments({ card }: { readonly card: Card }) {
  const slots = Object.entries(card.definition?.attachments ?? {})
  if (slots.length === 0) return null
  return (
    <ul className={styles.attachments} style={{ height: cardMeasures.attachments }}>
      {slots.map(([key, { label, required }]) => (
        <li key={attachmentId(key)} className={styles.slot}>
          <span className={styles.label}>{label}</span>
          {required === true && !card.attached.has(key) && (
            <b className={styles.required} aria-hidden>
              *
            </b>
          )}
        </li>
      ))}
    </ul>
  )
}
