import { useState } from 'react'
import { Spinner } from '../ui/spinner.tsx'
import { TemplateFace } from './template-face.tsx'
import styles from './template-strip.module.css'
import { templates, type FlowTemplate } from './templates.ts'

/** So many templates are what newcomers see. */
const shownFirst = 4

export interface TemplateStripProps {
  /** Makes use of a template; the strip takes no other click until it is done. */
  readonly onTake: (template: FlowTemplate) => Promise<void>
}

/** The first templates, each one click away. */
export function TemplateStrip({ onTake }: TemplateStripProps) {
  const [taken, setTaken] = useState<FlowTemplate>()

  async function take(template: FlowTemplate): Promise<void> {
    setTaken(template)
    await onTake(template)
    setTaken(undefined)
  }

  return (
    <ul className={styles.strip} aria-label="Templates">
      {templates.slice(0, shownFirst).map((template) => (
        <li key={template.id}>
          <button
            type="button"
            className={styles.template}
            disabled={taken !== undefined}
            onClick={() => void take(template)}
          >
            <TemplateFace template={template} />
            {taken === template && <Spinner />}
          </button>
        </li>
      ))}
    </ul>
  )
}
