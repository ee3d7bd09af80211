import { setFlowFields, settingsOf, type Flow, type FlowSettings } from '@millrace/flow'
import { documentCommands, useDocument, type DocumentState } from '../document/document-store.ts'
import { TagsField } from '../tags/tags-field.tsx'
import { useKnownTags } from '../tags/use-known-tags.ts'
import { Field } from '../ui/field.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { Select } from '../ui/select.tsx'
import { TextArea, TextField } from '../ui/text-field.tsx'
import styles from './properties-panel.module.css'

/** What the flow is called, what it is for, and how it runs. */
export function FlowSettingsForm() {
  const flow = useDocument(selectFlow)
  const knownTags = useKnownTags()
  const { onDisconnect, timeoutSeconds, trace } = settingsOf(flow)
  return (
    <>
      <Field label="Name" isRequired>
        <TextField
          value={flow.name}
          onChange={(name) =>
            // A flow must have a name: an empty one is not taken over.
            name !== '' &&
            edit('Rename the flow', (current) => setFlowFields(current, { name }), 'name')
          }
        />
      </Field>
      <Field label="Description">
        <TextArea
          className={styles.description}
          rows={3}
          value={flow.description ?? ''}
          placeholder="What this flow is for"
          onChange={(description) =>
            edit(
              'Describe the flow',
              (current) => withDescription(current, description),
              'description',
            )
          }
        />
      </Field>
      <Field label="Tags">
        <TagsField
          tags={flow.tags ?? noTags}
          known={knownTags}
          onChange={(tags) =>
            documentCommands.edit('Change the tags', (current) => setFlowFields(current, { tags }))
          }
        />
      </Field>
      <Field
        label="When the client disconnects"
        help="Stop always ends a run; this is for clients that simply go away."
      >
        <Select
          value={onDisconnect}
          options={disconnectPolicies}
          onChange={(chosen) => setSettings({ onDisconnect: chosen })}
        />
      </Field>
      <Field
        label="Time limit in seconds"
        help="A run that takes longer fails. Started by /run it has 300 seconds at most, by /submit always 8 hours."
      >
        <NumberField
          value={flow.settings?.timeoutSeconds}
          placeholder={String(timeoutSeconds)}
          minimum={1}
          maximum={longestSeconds}
          byDefault={timeoutSeconds}
          onChange={(seconds) =>
            setSettings({
              // A flow with another limit would not load.
              timeoutSeconds:
                seconds === undefined ? undefined : Math.min(longestSeconds, Math.max(1, seconds)),
            })
          }
        />
      </Field>
      <Field label="What clients’ runs record" help="Runs that you start here record everything.">
        <Select
          value={trace}
          options={traceLevels}
          onChange={(chosen) => setSettings({ trace: chosen })}
        />
      </Field>
    </>
  )
}

const noTags: readonly string[] = []

/** Eight hours. */
const longestSeconds = 28_800

const disconnectPolicies = [
  { value: 'grace', label: 'Wait, then cancel', hint: 'It may come back within 30 seconds.' },
  { value: 'cancel', label: 'Cancel at once' },
  { value: 'finish', label: 'Finish anyway', hint: 'So that the answer is still saved.' },
] as const

const traceLevels = [
  { value: 'summary', label: 'Summary', hint: 'What ran and for how long; no contents.' },
  { value: 'fullOnFailure', label: 'Everything, if the run fails' },
  { value: 'full', label: 'Everything' },
] as const

type SettingChange = { readonly [K in keyof FlowSettings]?: FlowSettings[K] | undefined }

function setSettings(change: SettingChange): void {
  edit(
    'Change the settings',
    (flow) => {
      const { timeoutSeconds, ...others } = { ...flow.settings, ...change }
      const settings = {
        ...(others.onDisconnect === undefined ? {} : { onDisconnect: others.onDisconnect }),
        ...(timeoutSeconds === undefined ? {} : { timeoutSeconds: Math.round(timeoutSeconds) }),
        ...(others.trace === undefined ? {} : { trace: others.trace }),
      }
      return setFlowFields(flow, { settings })
    },
    'settings',
  )
}

function withDescription(flow: Flow, description: string): Flow {
  const { description: _, ...rest } = flow
  return description === '' ? rest : setFlowFields(flow, { description })
}

function edit(label: string, change: (flow: Flow) => Flow, field: string): void {
  documentCommands.edit(label, change, { coalesce: `flow ${field}` })
}

function selectFlow({ flow }: DocumentState): Flow {
  return flow
}
