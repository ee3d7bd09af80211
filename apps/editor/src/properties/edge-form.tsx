import { execPortsOf, titleOf, type Edge, type Flow } from '@millrace/flow'
import { ArrowRight } from 'lucide-react'
import { execEdgeId } from '../canvas/edge-ids.ts'
import { NodeIcon } from '../canvas/node-icon.tsx'
import { commandContext } from '../commands/command-context.ts'
import { menuSections } from '../commands/menu-sections.ts'
import { runCommand, type CommandId } from '../commands/commands.ts'
import { useCommand } from '../commands/use-command.ts'
import { registry } from '../registry.ts'
import { sessionCommands } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { PanelHead } from './panel-head.tsx'
import styles from './properties-panel.module.css'

/** The exec edge with an id of the canvas. */
export function edgeWithId(flow: Flow, id: string): Edge | undefined {
  return flow.edges.find((edge) => execEdgeId(edge) === id)
}

/** What an edge connects, and what can be done with it. */
export function EdgeForm({ flow, edge }: { readonly flow: Flow; readonly edge: Edge }) {
  return (
    <>
      <PanelHead
        icon={<ArrowRight size={16} aria-hidden />}
        tone="flow"
        title="Edge"
        subtitle="What runs after what"
      />
      <div className={styles.fields}>
        <ul className={styles.members} aria-label="Ends of the edge">
          <End flow={flow} nodeId={edge.from[0]} port={edge.from[1]} />
          <End flow={flow} nodeId={edge.to} />
        </ul>
        <div className={styles.commands}>
          {menuSections('edge', commandContext())
            .flat()
            .map((id) => (
              <CommandTextButton key={id} id={id} />
            ))}
        </div>
      </div>
    </>
  )
}

interface EndProps {
  readonly flow: Flow
  readonly nodeId: string
  /** The exit that it leaves by. */
  readonly port?: string
}

function End({ flow, nodeId, port }: EndProps) {
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const definition = node && registry.nodes.get(node.type)
  const exit =
    node === undefined || definition === undefined || port === undefined
      ? undefined
      : execPortsOf(definition, node).find(({ id }) => id === port)?.label
  return (
    <li>
      <button type="button" onClick={() => sessionCommands.focusNode(nodeId)}>
        <NodeIcon definition={definition} size={14} />
        <span>{node === undefined ? nodeId : titleOf(node, definition)}</span>
        <span className={styles.role}>{port === undefined ? 'runs then' : (exit ?? port)}</span>
      </button>
    </li>
  )
}

function CommandTextButton({ id }: { readonly id: CommandId }) {
  const { command, label, whyNot } = useCommand(id)
  const Icon = command.icon
  return (
    <Button
      size="small"
      {...(Icon === undefined ? {} : { icon: <Icon size={14} aria-hidden /> })}
      disabled={whyNot !== undefined}
      onClick={() => runCommand(id)}
    >
      {label}
    </Button>
  )
}
