import {
  describeType,
  execPortsOf,
  readBinding,
  rulesOf,
  textInTemplate,
  type Problem,
} from '@millrace/flow'
import type { NodeProps } from '@xyflow/react'
import { CircleAlert, Ellipsis, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { sessionCommands } from '../../session/session-store.ts'
import { canvasState } from '../canvas-store.ts'
import {
  attachmentId,
  cardMeasures,
  execInId,
  inputId,
  type CardPort,
  type InputRow,
} from '../card-layout.ts'
import type { Card } from '../card.ts'
import { CardTitle } from '../card-title.tsx'
import { Halo } from '../halo.tsx'
import { NodeIcon } from '../node-icon.tsx'
import { StatusPill } from '../status-pill.tsx'
import { StreamView } from '../stream-view.tsx'
import styles from './card-node.module.css'
import { Port, type PortProps } from './port.tsx'
import type { CardNode as CardNodeType } from './to-react-flow.ts'

/**
 * A node on the canvas. It knows nothing of the run: only the pill, the live text and the halo
 * subscribe to their node's part of it, so a streamed piece draws those three and no card.
 */
export const CardNode = memo(
  function CardNode({ data, selected }: NodeProps<CardNodeType>) {
    const { card } = data
    const { node, definition, title, layout } = card
    const hasExec = layout.execHeight > 0
    return (
      <div
        className={styles.card}
        data-node-id={node.id}
        data-node-type={node.type}
        data-category={definition?.category ?? 'unknown'}
        data-selected={selected || undefined}
        data-disabled={node.disabled || undefined}
        data-broken={definition === undefined || undefined}
        style={{ width: layout.width, height: layout.height }}
      >
        <Halo nodeId={node.id} />
        <div className={styles.bar} />
        <div className={styles.header} style={{ height: layout.headerHeight }}>
          <span className={styles.icon}>
            <NodeIcon definition={definition} />
          </span>
          <CardTitle nodeId={node.id} title={title} subtitle={card.subtitle} />
          {!hasExec && <StatusPill nodeId={node.id} />}
          <button
            type="button"
            className={`${styles.more} nodrag`}
            aria-label={`${title}: more actions`}
            tabIndex={-1}
            onClick={openMenuHere}
          >
            <Ellipsis size={16} aria-hidden />
          </button>
        </div>
        {hasExec && <ExecBand card={card} />}
        {layout.dataHeight > 0 && <DataPorts card={card} />}
        {layout.hasStream && <StreamView nodeId={node.id} title={title} />}
        <Attachments card={card} />
        <ProblemBadge nodeId={node.id} title={title} problems={card.problems} />
        {layout.ports.map((port) => (
          <Port
            key={port.id}
            nodeId={node.id}
            title={title}
            port={port}
            {...portStateOf(card, port)}
          />
        ))}
      </div>
    )
  },
  // Positions change with every step of a drag; a body does not depend on them.
  (before, after) => before.data === after.data && before.selected === after.selected,
)

function openMenuHere(event: React.MouseEvent<HTMLElement>): void {
  const { left, bottom } = event.currentTarget.getBoundingClientRect()
  event.currentTarget.dispatchEvent(
    new MouseEvent('contextmenu', {
      bubbles: true,
      cancelable: true,
      clientX: left,
      clientY: bottom,
    }),
  )
}

function ExecBand({ card }: { readonly card: Card }) {
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
    >
      <span
        className={styles.status}
        data-first={layout.ports.every(({ id }) => id !== execInId) || undefined}
      >
        {card.brokenBy !== undefined ? (
          <span className={styles.broken}>{brokenTexts[card.brokenBy]}</span>
        ) : (
          <StatusPill nodeId={node.id} />
        )}
      </span>
      <ul className={styles.outs}>
        {outs.map((port) => (
          <li key={port.id} className={styles.row}>
            {isNamed && <span className={styles.label}>{port.label}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

const brokenTexts = { unknown: 'Unknown type', newer: 'Needs a newer Millrace' } as const

function DataPorts({ card }: { readonly card: Card }) {
  const { node, layout, title } = card
  const outputs = layout.ports.filter(
    ({ kind, direction }) => kind === 'data' && direction === 'out',
  )
  return (
    <div className={styles.data} style={{ height: layout.dataHeight }}>
      <ul className={styles.inputs}>
        {layout.inputs.map((input) => (
          <li key={input.key} className={styles.row} data-bound={input.isBound || undefined}>
            <span className={styles.label}>{input.property.label}</span>
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

function Attachments({ card }: { readonly card: Card }) {
  const slots = Object.entries(card.definition?.attachments ?? {})
  if (slots.length === 0) return null
  return (
    <ul className={styles.attachments} style={{ height: cardMeasures.attachments }}>
      {slots.map(([key, { label, required }]) => (
        <li key={attachmentId(key)} className={styles.slot}>
          <span className={styles.label}>{label}</span>
          {required === true && (
            <b className={styles.required} aria-hidden>
              *
            </b>
          )}
        </li>
      ))}
    </ul>
  )
}

interface ProblemBadgeProps {
  readonly nodeId: string
  readonly title: string
  readonly problems: readonly Problem[]
}

function ProblemBadge({ nodeId, title, problems }: ProblemBadgeProps) {
  const worst = problems.find(({ severity }) => severity === 'error') ?? problems[0]
  if (worst === undefined) return null
  const Icon = worst.severity === 'error' ? CircleAlert : TriangleAlert
  const count = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`
  return (
    <button
      type="button"
      className={`${styles.badge} nodrag`}
      data-severity={worst.severity}
      data-several={problems.length > 1 || undefined}
      data-testid="node-problems"
      aria-label={`${title}: ${count}`}
      title={problems.map(({ message }) => message).join('\n')}
      onClick={(event) => {
        event.stopPropagation()
        sessionCommands.openBottomPanel('problems')
        sessionCommands.focusNode(nodeId, worst.property)
      }}
    >
      <Icon size={13} aria-hidden />
      {problems.length > 1 && problems.length}
    </button>
  )
}

function portStateOf(card: Card, port: CardPort): Pick<PortProps, 'state' | 'hint'> {
  if (port.kind !== 'data') return {}
  const { definition, node } = card
  if (port.direction === 'out') return { hint: `${port.label}, output` }
  const input = card.layout.inputs.find(({ key }) => inputId(key) === port.id)
  if (definition === undefined || input === undefined) return {}
  const problem = card.problems.find(({ property }) => property === input.key)
  const type = describeType(rulesOf(input.property).type(input.property))
  const lines = [`${input.property.label} · ${type}`]
  if (input.isBound) lines.push(valueText(node.properties?.[input.key]))
  if (problem !== undefined) lines.push(problem.message)
  return { hint: lines.join('\n'), state: inputState(input, problem) }
}

function inputState(
  input: InputRow,
  problem: Problem | undefined,
): NonNullable<PortProps['state']> {
  if (isMissing(input)) return 'missing'
  if (problem?.severity === 'error') return 'broken'
  return input.isBound ? 'bound' : 'empty'
}

function isMissing({ property, isBound }: InputRow): boolean {
  return property.required === true && !isBound && property.default === undefined
}

function valueText(value: Parameters<typeof readBinding>[0] | undefined): string {
  if (value === undefined) return ''
  const binding = readBinding(value)
  switch (binding?.kind) {
    case 'reference':
      return `= ${binding.reference}`
    case 'expression':
      return `= ${binding.source}`
    case 'text':
      return binding.parts
        .map((part) => (typeof part === 'string' ? part : `{${part.$ref}}`))
        .join('')
        .slice(0, 200)
    case 'literal':
      return textInTemplate(binding.value).slice(0, 200)
    case undefined:
      return ''
  }
}
