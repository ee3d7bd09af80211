import { CircleCheck, KeyRound } from 'lucide-react'
import { useMemo } from 'react'
import { serverUrl } from '../api/base-path.ts'
import { FlowThumbnail } from '../flows/flow-thumbnail.tsx'
import { registry } from '../registry.ts'
import styles from './template-face.module.css'
import { neededKinds } from './template-needs.ts'
import type { FlowTemplate } from './templates.ts'

/** What a template looks like: the flow itself from afar, what it does, and what it needs. */
export function TemplateFace({ template }: { readonly template: FlowTemplate }) {
  const { flow, needs } = useMemo(() => {
    const sample = template.create('sample', template.name, serverUrl())
    return { flow: sample, needs: neededKinds(sample, registry) }
  }, [template])
  return (
    <>
      <span className={styles.picture}>
        <FlowThumbnail flow={flow} />
      </span>
      <strong className={styles.title}>{template.title}</strong>{' '}
      <span className={styles.description}>{template.description}</span>{' '}
      {flow.nodes.length > 1 && (
        <span className={styles.needs} data-ready={needs.length === 0 || undefined}>
          {needs.length === 0 ? (
            <CircleCheck size={12} aria-hidden />
          ) : (
            <KeyRound size={12} aria-hidden />
          )}
          {needs.length === 0 ? 'Runs as it is, without a key' : `Needs ${needs.join(', ')}`}
        </span>
      )}
    </>
  )
}
