import { useDocument } from '../document/document-store.ts'
import type { ControlProps } from './control-props.ts'
import { TextControl } from './text-control.tsx'
import { textProps } from './text-props.ts'
import { useModels } from './use-models.ts'

/** The id of a model: any text, with the models of the connection as suggestions. */
export function ModelControl(props: ControlProps<'model'>) {
  const { nodeId, property } = props
  const connectionId = useDocument(({ flow }) => {
    const node = flow.nodes.find(({ id }) => id === nodeId)
    return node?.properties?.[property.connection]
  })
  const models = useModels(typeof connectionId === 'string' ? connectionId : undefined)
  return <TextControl {...textProps(props)} suggestions={models} />
}
