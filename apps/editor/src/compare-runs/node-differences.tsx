import type { ComparedNode } from '@millrace/flow'
import { Crosshair } from 'lucide-react'
import { IconButton } from '../ui/icon-button.tsx'
import { differenceWords, figureRowsOf, placeText } from './comparison-words.ts'
import styles from './run-comparison.module.css'
import { Sides } from './sides.tsx'

interface NodeDifferencesProps {
  readonly nodes: readonly ComparedNode[]
  readonly titleOfNode: (nodeId: string) => string
  readonly onShow: (nodeId: string) => void
}

/** The nodes that differ, each opening to its figures and to where its outputs differ first. */
export function NodeDifferences({ nodes, titleOfNode, onShow }: NodeDifferencesProps) {
  if (nodes.length === 0) {
    return (
      <p className={styles.quiet}>
        Every node ran as often, ended alike and gave the same, as far as both runs recorded it.
      </p>
    )
  }
  return (
    <ul className={styles.nodes}>
      {nodes.map((node) => (
        <li key={node.nodeId} className={styles.node}>
          <details>
            <summary>
              <strong>{titleOfNode(node.nodeId)}</strong>
              <span>{differenceWords(node)}</span>
            </summary>
            <NodeFigures node={node} />
            <OutputsDifference node={node} />
          </details>
          <IconButton
            label={`Show “${titleOfNode(node.nodeId)}”`}
            tooltipSide="left"
            onClick={() => onShow(node.nodeId)}
          >
            <Crosshair size={14} aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}

function NodeFigures({ node }: { readonly node: ComparedNode }) {
  return (
    <table className={styles.small}>
      <thead className="visually-hidden">
        <tr>
          <td />
          <th scope="col">This run</th>
          <th scope="col">Other run</th>
        </tr>
      </thead>
      <tbody>
        {figureRowsOf(node).map((one) => (
          <tr key={one.label} data-differs={one.differs || undefined}>
            <th scope="row">{one.label}</th>
            <td>{one.left}</td>
            <td>{one.right}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function OutputsDifference({ node: { outputs, left } }: { readonly node: ComparedNode }) {
  if (outputs === undefined) return null
  const isOneOfMany = (left?.visits ?? 0) > 1
  return (
    <div className={styles.outputs}>
      <p>
        First difference: <code>{placeText(outputs)}</code>
        {isOneOfMany && `, visit ${outputs.visit}`}
      </p>
      <Sides left={outputs.left} right={outputs.right} />
    </div>
  )
}
