import { describeType, type DeclaredVariable, type NodeDefinition } from '@millrace/flow'
import styles from './properties-panel.module.css'

export interface AboutNodeProps {
  readonly definition: NodeDefinition
  /** The variables that the node gives to what comes after it. */
  readonly outputs: readonly DeclaredVariable[]
}

/** What a kind of node is for, what it gives, and whose it is. */
export function AboutNode({ definition, outputs }: AboutNodeProps) {
  const { description, system, type, version, tags = [] } = definition
  return (
    <section className={styles.about} aria-label="About this node">
      <p>{description}</p>
      <dl className={styles.facts}>
        <dt>System</dt>
        <dd>{system === '' ? 'Millrace' : system}</dd>
        <dt>Made by</dt>
        <dd>{definition.package ?? 'Millrace'}</dd>
        <dt>Kind</dt>
        <dd>
          <code>{type}</code>
        </dd>
        <dt>Version</dt>
        <dd>{version}</dd>
        {outputs.length > 0 && (
          <>
            <dt>Gives</dt>
            <dd>
              {outputs.map((output) => (
                <span key={output.name} className={styles.fact}>
                  <code>{output.name}</code> {describeType(output.type)}
                </span>
              ))}
            </dd>
          </>
        )}
        {tags.length > 0 && (
          <>
            <dt>Found by</dt>
            <dd>{tags.join(', ')}</dd>
          </>
        )}
      </dl>
    </section>
  )
}
