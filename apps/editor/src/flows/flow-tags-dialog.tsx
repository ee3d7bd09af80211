import { tagKey } from '@millrace/flow'
import { useState } from 'react'
import type { FlowSummary } from '../api/flow-list-api.ts'
import { TagsField } from '../tags/tags-field.tsx'
import { useKnownTags } from '../tags/use-known-tags.ts'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { attempt, setStoredTags } from './flow-actions.ts'

interface FlowTagsDialogProps {
  readonly flows: readonly FlowSummary[]
  readonly onClose: () => void
}

/** Changes the tags of a flow, or those that several flows have in common. */
export function FlowTagsDialog({ flows, onClose }: FlowTagsDialogProps) {
  const known = useKnownTags()
  const [common] = useState(() => commonTags(flows))
  const [tags, setTags] = useState(common)
  const [isBusy, setIsBusy] = useState(false)
  const [only] = flows

  async function save(): Promise<void> {
    setIsBusy(true)
    const keep = new Set(tags.map(tagKey))
    const gone = new Set(common.map(tagKey).filter((key) => !keep.has(key)))
    await attempt(async () => {
      for (const flow of flows) {
        const others = flow.tags.filter((tag) => !gone.has(tagKey(tag)))
        await setStoredTags(flow.id, [...others, ...tags])
      }
      onClose()
    })
    setIsBusy(false)
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title={
        flows.length === 1 ? `Tags of “${only?.name}”` : `Tags of ${counted(flows.length, 'flow')}`
      }
      description={
        flows.length === 1
          ? 'Flows are found by them. Enter adds what you typed.'
          : 'Those that all of them have. What you add is added to each; its other tags stay.'
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" isBusy={isBusy} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <Field label="Tags">
        <TagsField tags={tags} known={known} onChange={setTags} />
      </Field>
    </Dialog>
  )
}

function commonTags(flows: readonly FlowSummary[]): readonly string[] {
  const [first, ...others] = flows.map(({ tags }) => tags)
  const keysOfOthers = others.map((tags) => new Set(tags.map(tagKey)))
  return (first ?? []).filter((tag) => keysOfOthers.every((keys) => keys.has(tagKey(tag))))
}
