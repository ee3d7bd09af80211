import { FileInput, Play } from 'lucide-react'
import { useId, useMemo, useState, type FormEvent } from 'react'
import { serverUrl } from '../api/base-path.ts'
import { attempt } from '../flows/flow-actions.ts'
import { flowsPageCommands } from '../flows/flows-page-store.ts'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { SearchBox } from '../ui/search-box.tsx'
import { TextField } from '../ui/text-field.tsx'
import { createFromTemplate, type AfterCreation } from './create-from-template.ts'
import { findTemplates } from './find-templates.ts'
import styles from './new-flow-dialog.module.css'
import { TemplateFace } from './template-face.tsx'
import { neededKinds } from './template-needs.ts'
import { emptyTemplate, templates, templateSubjects, type FlowTemplate } from './templates.ts'
import { triggerTemplates } from './trigger-templates.ts'

/** Asks what a new flow starts from and how it is called, makes it, and opens it. */
export function NewFlowDialog({ onClose }: { readonly onClose: () => void }) {
  const formId = useId()
  const [template, setTemplate] = useState<FlowTemplate | undefined>(templates[0])
  const [name, setName] = useState('')
  const [query, setQuery] = useState('')
  const [busyWith, setBusyWith] = useState<AfterCreation>()
  const groups = useMemo(() => groupsOf(query), [query])
  const isRunnable = useMemo(() => template !== undefined && canRun(template), [template])

  async function create(then: AfterCreation): Promise<void> {
    if (template === undefined) return
    setBusyWith(then)
    await attempt(async () => {
      await createFromTemplate(template, { name, then })
      onClose()
    })
    setBusyWith(undefined)
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="New flow"
      size="wide"
      footer={
        <>
          <Button
            className={styles.import}
            variant="quiet"
            icon={<FileInput size={16} aria-hidden />}
            onClick={() => flowsPageCommands.open({ kind: 'import', texts: [] })}
          >
            Paste or import JSON
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          {isRunnable && (
            <Button
              icon={<Play size={13} fill="currentColor" aria-hidden />}
              isBusy={busyWith === 'run'}
              disabled={busyWith !== undefined}
              onClick={() => void create('run')}
            >
              Run it
            </Button>
          )}
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isBusy={busyWith === 'open'}
            disabled={busyWith !== undefined || template === undefined}
          >
            Create
          </Button>
        </>
      }
    >
      <div className={styles.head}>
        <Field label="Name" className={styles.name ?? ''}>
          <TextField
            form={formId}
            value={name}
            maxLength={120}
            placeholder={template?.name}
            onChange={setName}
          />
        </Field>
        <SearchBox
          label="Search templates"
          className={styles.search}
          value={query}
          onChange={setQuery}
        />
      </div>
      <form
        id={formId}
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          void create('open')
        }}
      >
        <fieldset className={styles.groups}>
          <legend className="visually-hidden">Start from</legend>
          {groups.map(({ title, members }) => (
            <section key={title} aria-label={title}>
              <h3 className={styles.heading}>{title}</h3>
              <div className={styles.templates}>
                {members.map((choice) => (
                  <label key={choice.id} className={styles.template}>
                    <input
                      type="radio"
                      name="template"
                      className="visually-hidden"
                      checked={template?.id === choice.id}
                      onChange={() => setTemplate(choice)}
                    />
                    <TemplateFace template={choice} />
                  </label>
                ))}
              </div>
            </section>
          ))}
        </fieldset>
      </form>
    </Dialog>
  )
}

interface TemplateGroup {
  readonly title: string
  readonly members: readonly FlowTemplate[]
}

function groupsOf(query: string): readonly TemplateGroup[] {
  const found = findTemplates(templates, query)
  const bySubject = Map.groupBy(found, ({ subject }) => subject)
  return [
    ...[...bySubject].map(([subject, members]) => ({ title: templateSubjects[subject], members })),
    // Last, and whatever is searched: who finds nothing draws it.
    {
      title: 'From a trigger, or from nothing',
      members: [...triggerTemplates(registry), emptyTemplate],
    },
  ]
}

function canRun(template: FlowTemplate): boolean {
  const flow = template.create('sample', template.name, serverUrl())
  return flow.nodes.length > 1 && neededKinds(flow, registry).length === 0
}
