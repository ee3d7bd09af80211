import { useMemo } from 'react'
import { listModels } from '../api/connections-api.ts'
import { createLookups } from '../connections/lookup.ts'
import type { ControlProps } from './control-props.ts'
import { Hint, usingName, type HintAction } from './hint.tsx'
import { modelHint, suggestionsOf, type ModelHint } from './model-list.ts'
import { TextControl } from './text-control.tsx'
import { textProps } from './text-props.ts'
import { literalTextOf, useLiteral } from './use-literal.ts'

const models = createLookups((connectionId) => listModels(connectionId))
const everything = ['']
const noList = { status: 'none' } as const

/** The id of a model: any text, with the models of the connection as suggestions, fitting ones first. */
export function ModelControl(props: ControlProps<'model'>) {
  const { nodeId, property, value, onChange } = props
  const connectionId = useLiteral(nodeId, property.connection)
  const [list = noList] = models.use(connectionId, everything)
  const retry = () => connectionId !== undefined && models.refresh(connectionId)
  const { purpose } = property
  const suggestions = useMemo(() => suggestionsOf(list, purpose), [list, purpose])
  const hint = modelHint(list, literalTextOf(value))
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
