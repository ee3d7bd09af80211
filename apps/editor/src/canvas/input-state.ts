import { describeType, readBinding, textInTemplate, type Problem } from '@millrace/flow'
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
  if (port.direction === 'out') return { hint: `${port.label}, output` }
  const input = card.layout.inputs.find(({ id }) => inputId(id) === port.id)
  if (card.definition === undefined || input === undefined) return {}
  const problem = card.problems.find((one) => isAbout(one, input))
  const lines = [`${input.label} · ${describeType(input.type)}`]
  if (input.isBound) lines.push(valueText(input.value))
  if (problem !== undefined) lines.push(problem.message)
  return { hint: lines.join('\n'), state: inputState(input, problem) }
}

function inputState(input: InputRow, problem: Problem | undefined): InputState {
  if (isMissing(input)) return 'missing'
  if (problem?.severity === 'error') return 'broken'
  return input.isBound ? 'bound' : 'empty'
}

/** Whether a problem is one of this port: a property may have several. */
function isAbout({ property, part }: Problem, { key, path }: InputRow): boolean {
  if (property !== key) return false
  return path.length === 0 || (part !== undefined && part.join('.') === path.join('.'))
}

/** Whether a required input has neither a value nor a default; a parameter may be without one. */
export function isMissing({ property, path, isBound }: InputRow): boolean {
  return (
    path.length === 0 && property.required === true && !isBound && property.default === undefined
  )
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
        .map((part) =>
          typeof part === 'string' ? part : `{${'$ref' in part ? part.$ref : part.$expr}}`,
        )
        .join('')
        .slice(0, 200)
    case 'literal':
      return textInTemplate(binding.value).slice(0, 200)
    case undefined:
      return ''
  }
}
