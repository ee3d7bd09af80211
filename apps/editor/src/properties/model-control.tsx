import { readBinding, type JsonValue } from '@millrace/flow'
import { useMemo } from 'react'
import { useDocument } from '../document/document-store.ts'
import type { ControlProps } from './control-props.ts'
import { Hint, usingName, type HintAction } from './hint.tsx'
import { modelHint, suggestionsOf, type ModelHint } from './model-list.ts'
import { TextControl } from './text-control.tsx'
import { textProps } from './text-props.ts'
import { useModels } from './use-models.ts'

/** The id of a model: any text, with the models of the connection as suggestions. */
export function ModelControl(props: ControlProps<'model'>) {
  const { nodeId, property, value, onChange } = props
  const connectionId = useDocument(({ flow }) => {
    const node = flow.nodes.find(({ id }) => id === nodeId)
    return node?.properties?.[property.connection]
  })
  const { list, retry } = useModels(typeof connectionId === 'string' ? connectionId : undefined)
  const suggestions = useMemo(() => suggestionsOf(list), [list])
  const hint = modelHint(list, literalOf(value))
  return (
    <>
      <TextControl {...textProps(props)} suggestions={{ ...suggestions, label: 'Show models' }} />
      {hint !== undefined && <Hint text={hint.text} action={actionFor(hint, retry, onChange)} />}
    </>
  )
}

function actionFor(
  { nearest, canRetry }: ModelHint,
  retry: () => void,
  choose: (model: string) => void,
): HintAction | undefined {
  if (canRetry === true) return { label: 'Try again', run: retry }
  return nearest === undefined ? undefined : usingName(nearest, () => choose(nearest))
}

/** The id, if it is known before the flow runs. */
function literalOf(value: JsonValue | undefined): string | undefined {
  const binding = value === undefined ? undefined : readBinding(value)
  return binding?.kind === 'literal' && typeof binding.value === 'string'
    ? binding.value
    : undefined
}
