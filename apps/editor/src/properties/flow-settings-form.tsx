import { setFlowFields, settingsOf, type Flow } from '@millrace/flow'
import { documentCommands, useDocument, type DocumentState } from '../document/document-store.ts'
import { storedText, traceLevels } from '../runs/trace-levels.ts'
import { useRetention } from '../runs/use-retention.ts'
import { WhatIsStored } from '../runs/what-is-stored.tsx'
import { TagsField } from '../tags/tags-field.tsx'
import { useKnownTags } from '../tags/use-known-tags.ts'
import { Field } from '../ui/field.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { Select } from '../ui/select.tsx'
import { TextArea, TextField } from '../ui/text-field.tsx'
import { changedSettings, type SettingsChange } from './changed-settings.ts'
import { FeedbackFlowField } from './feedback-flow-field.tsx'
import { settingLabels } from './setting-labels.ts'
import styles from './properties-panel.module.css'

/** What the flow is called, what it is for, and how it runs. */
export function FlowSettingsForm() {
  const flow = useDocument(selectFlow)
  const knownTags = useKnownTags()
  const { onDisconnect, timeoutSeconds, trace, keepRuns } = settingsOf(flow)
  const retention = useRetention()
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
        label={settingLabels.onDisconnect}
        help="Stop always ends a run; this is for clients that simply go away."
      >
        <Select
          value={onDisconnect}
          options={disconnectPolicies}
          onChange={(chosen) => setSettings({ onDisconnect: chosen })}
        />
      </Field>
      <Field
        label={settingLabels.timeoutSeconds}
        help="A run that takes longer fails. Started by /run it has 300 seconds at most, by /submit always 8 hours."
      >
        <NumberField
          value={flow.settings?.timeoutSeconds}
          placeholder={String(timeoutSeconds)}
          minimum={1}
          maximum={longestSeconds}
          byDefault={timeoutSeconds}
          onChange={(seconds) => setSettings({ timeoutSeconds: bounded(seconds, longestSeconds) })}
        />
      </Field>
      <Field
        label={settingLabels.feedbackFlow}
        help="Gets what users think of the answers: a flow that starts with a Chat feedback trigger."
      >
        <FeedbackFlowField
          flowId={flow.settings?.feedbackFlow}
          onChange={(feedbackFlow) => setSettings({ feedbackFlow })}
        />
      </Field>
      <Field
        label={settingLabels.trace}
        help={`${storedText(trace)} Runs that you start here record everything.`}
        action={<WhatIsStored />}
      >
        <Select
          value={trace}
          options={traceLevels}
          onChange={(chosen) => setSettings({ trace: chosen })}
        />
      </Field>
      <Field
        label={settingLabels.keepRuns}
        help="How many of this flow, when that is fewer than the server keeps. Older ones are deleted with all that was recorded."
      >
        <NumberField
          value={keepRuns.runs}
          placeholder={retention === undefined ? '' : String(retention.runs)}
          minimum={1}
          maximum={mostRuns}
          onChange={(runs) => setSettings({ keepRuns: { runs: bounded(runs, mostRuns) } })}
        />
      </Field>
      <Field label="Keep runs for so many days">
        <NumberField
          value={keepRuns.days}
          placeholder={retention === undefined ? '' : String(retention.days)}
          minimum={1}
          maximum={mostDays}
          onChange={(days) => setSettings({ keepRuns: { days: bounded(days, mostDays) } })}
        />
      </Field>
    </>
  )
}

const noTags: readonly string[] = []

/** Eight hours. */
const longestSeconds = 28_800
/** What the document takes. */
const mostRuns = 1_000_000
const mostDays = 3650

/** A flow with another number would not load. */
function bounded(value: number | undefined, most: number): number | undefined {
  return value === undefined ? undefined : Math.min(most, Math.max(1, Math.round(value)))
}

const disconnectPolicies = [
  { value: 'grace', label: 'Wait, then cancel', hint: 'It may come back within 30 seconds.' },
  { value: 'cancel', label: 'Cancel at once' },
  { value: 'finish', label: 'Finish anyway', hint: 'So that the answer is still saved.' },
] as const

function setSettings(change: SettingsChange): void {
  edit(
    'Change the settings',
    (flow) => setFlowFields(flow, { settings: changedSettings(flow.settings, change) }),
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
