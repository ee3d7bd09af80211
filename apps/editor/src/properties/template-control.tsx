import { templatePlaceholders, type JsonValue } from '@millrace/flow'
import { useMemo } from 'react'
import { useDocument } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { writeChipText } from './chip-text.ts'
import type { ControlProps } from './control-props.ts'
import { PreviewMessages } from './messages-dialog.tsx'
import { MessagesPreview } from './messages-preview.tsx'
import { isPrompted } from './prompt-preview.ts'
import { TextControl } from './text-control.tsx'
import { textProps } from './text-props.ts'
import { usePromptPreview } from './use-prompt-preview.ts'

/** A template; where its node asks a model, with what the model would get. */
export function TemplateControl(props: ControlProps<'template'>) {
  const { nodeId, property } = props
  const { label, expects } = property
  const properties = useDocument(
    ({ flow }) => flow.nodes.find(({ id }) => id === nodeId)?.properties,
  )
  const placeholders = templatePlaceholders(property, properties)
  const isOfPrompt = useDocument(({ flow }) => {
    const type = flow.nodes.find(({ id }) => id === nodeId)?.type ?? ''
    const definition = registry.nodes.get(type)
    return definition !== undefined && isPrompted(definition)
  })
  const { defaultTemplate } = usePromptPreview(nodeId, noDraft)
  const large = {
    title: `${label} editor`,
    label,
    template: { ...placeholders, expects },
  }
  // The editor takes its placeholders in when it is made.
  const key = [...placeholders.meanings.keys()].join('\n')
  if (!isOfPrompt) return <TextControl key={key} {...textProps(props)} large={large} />
  const preview = (text: string) => <DraftPreview nodeId={nodeId} text={text} />
  return (
    <>
      <TextControl
        {...textProps(props)}
        large={{ ...large, byDefault: defaultTemplate, preview }}
      />
      <PreviewMessages nodeId={nodeId} />
    </>
  )
}

const noDraft: Readonly<Record<string, JsonValue>> = {}

function DraftPreview({ nodeId, text }: { readonly nodeId: string; readonly text: string }) {
  const draft = useMemo(() => ({ promptTemplate: writeChipText(text) }), [text])
  return <MessagesPreview nodeId={nodeId} draft={draft} />
}
