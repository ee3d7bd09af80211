import { titleOf, type Flow, type FlowNode } from '@millrace/flow'
import { Eye } from 'lucide-react'
import { NodeIcon } from '../canvas/node-icon.tsx'
import { withAuthor } from '../canvas/with-author.ts'
import { CommandButton } from '../commands/command-button.tsx'
import { nodeIn } from '../document/node-in.ts'
import { NodeResult } from '../inspect/node-result.tsx'
import { resultParts } from '../inspect/result-parts.ts'
import { ValueTree } from '../inspect/value-tree.tsx'
import { NodeError } from '../properties/node-error.tsx'
import { PanelHead } from '../properties/panel-head.tsx'
import { registry } from '../registry.ts'
import { useNodeOutputs, useNodeVisits } from '../run/run-store.ts'
import { useSession, type SessionState } from '../session/session-store.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import styles from './ran-node.module.css'

export interface RanNodeProps {
  /** What a run ran. */
  readonly flow: Flow
}

/** The selected node as it was set when it ran, and what it gave, in the place of its form. */
export function RanNode({ flow }: RanNodeProps) {
  const nodeId = useSession(selectOnlyNode)
  const node = nodeId === undefined ? undefined : nodeIn(flow, nodeId)
  if (node !== undefined) return <Node key={node.id} node={node} />
  return (
    <EmptyState icon={<Eye size={20} aria-hidden />} title="What ran">
      Select a node to see how it was set when it ran, and what it gave.
    </EmptyState>
  )
}

function Node({ node }: { readonly node: FlowNode }) {
  const definition = registry.nodes.get(node.type)
  const outputs = useNodeOutputs(node.id)
  const hasRun = useNodeVisits(node.id) > 0
  const { properties = {} } = node
  const title = titleOf(node, definition)
  return (
    <div className={styles.panel}>
      <PanelHead
        icon={<NodeIcon definition={definition} />}
        tone={definition?.category}
        title={title}
        subtitle={definition === undefined ? node.type : withAuthor('As it ran', definition)}
        actions={hasRun && <CommandButton command="inspect" />}
      />
      <div className={styles.content}>
        <NodeError nodeId={node.id} />
        <section aria-label="Properties as they were">
          <h3>Properties as they were</h3>
          {Object.keys(properties).length === 0 ? (
            <p className={styles.quiet}>None was set.</p>
          ) : (
            <ValueTree label="Properties as they were" value={properties} />
          )}
        </section>
        <section aria-label="What it gave">
          <h3>What it gave</h3>
          {outputs === undefined ? (
            <p className={styles.quiet}>
              {hasRun ? 'Nothing was recorded.' : 'It did not run up to this moment.'}
            </p>
          ) : (
            <NodeResult title={title} parts={resultParts(outputs)} />
          )}
        </section>
      </div>
    </div>
  )
}

function selectOnlyNode({ selectedNodeIds }: SessionState): string | undefined {
  const [nodeId, ...others] = selectedNodeIds
  return others.length === 0 ? nodeId : undefined
}
