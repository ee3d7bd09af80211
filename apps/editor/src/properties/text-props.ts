import { rulesOf, type PropertyDefinition } from '@millrace/flow'
import { placeholderOf, type ControlProps } from './control-props.ts'
import type { TextControlProps } from './text-control.tsx'

type AnyControlProps = Omit<ControlProps, 'property'> & { readonly property: PropertyDefinition }

/** What a text control is given for a property, of whatever kind it is. */
export function textProps(props: AnyControlProps): TextControlProps {
  const { nodeId, property, value, onChange, labelId, describedBy, isInvalid } = props
  return {
    nodeId,
    value,
    onChange,
    labelId,
    describedBy,
    isInvalid,
    isRequired: property.required ?? false,
    placeholder: placeholderOf(property),
    wanted: rulesOf(property).type(property),
  }
}
