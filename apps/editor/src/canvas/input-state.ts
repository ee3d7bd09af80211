import { describeType, readBinding, rulesOf, textInTemplate, type Problem } from '@millrace/flow'
import { inputId, type CardPort, type InputRow } from './card-layout.ts'
import type { Card } from './card.ts'

/** How an input stands: bound, or not, or wanted, or wrong. */
export type InputState = 'bound' | 'empty' | 'missing' | 'broken'

/** The state of a port and what its tooltip says: name, type, value, problem. */
export function portStateOf(
  card: Card,
  port: CardPort,
): { readonly state?: InputState; readonly hint?: string } {
  if (port.kind !== 'data') return {}
  const { definition, node } = card
  if (port.direction === 'out') return { hint: `${port.label}, output` }
  const input = card.layout.inputs.find(({ key }) => inputId(key) === port.id)
  if (definition === undefined || input === undefined) return {}
  const problem = card.problems.find(({ property }) => property === input.key)
  const type = describeType(rulesOf(input.property).type(input.property))
  const lines = [`${input.property.label} · ${type}`]
  if (input.isBound) lines.push(valueText(node.properties?.[input.key]))
  if (problem !== undefined) lines.push(problem.message)
  return { hint: lines.join('\n'), state: inputState(input, problem) }
}

function inputState(input: InputRow, problem: Problem | undefined): InputState {
  if (isMissing(input)) return 'missing'
  if (problem?.severity === 'error') return 'broken'
  return input.isBound ? 'bound' : 'empty'
}

/** Whether a required input has neither a value nor a default. */
export function isMissing({ property, isBound }: InputRow): boolean {
  return property.required === true && !isBound && property.default === undefined
}

function valueText(value: Parameters<typeof readBinding>[0] | undefined): string {
  if (value === undefined) return ''
  const binding = readBinding(value)
  switch (binding?.kind) {
    case 'reference':
      return `= ${binding.reference}`
    case 'expression':
      return `= ${binding.source}`
    case 'text':
      return binding.parts
        .map((part) => (typeof part === 'string' ? part : `{${part.$ref}}`))
        .join('')
        .slice(0, 200)
    case 'literal':
      return textInTemplate(binding.value).slice(0, 200)
    case undefined:
      return ''
  }
}
