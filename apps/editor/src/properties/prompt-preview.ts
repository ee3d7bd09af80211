import {
  compileExpression,
  readBinding,
  textInTemplate,
  toFlowError,
  type ChatMessage,
  type JsonValue,
  type NodeDefinition,
  type Template,
  type TextPart,
} from '@millrace/flow'
import { composeMessages, contextText, defaultPromptTemplate, readHistory } from '@millrace/nodes'
import { chipOf, chipPattern, expressionMark, withoutMarks } from './chip-text.ts'
import { lastValueOf, type LastValues } from './last-values.ts'

/** The messages that a node would send, as far as is known before it runs. */
export interface PromptPreview {
  readonly messages: readonly PreviewMessage[]
  /** Why the history cannot be read, if it cannot. */
  readonly problem: string | undefined
  /** The template that counts while none is given. */
  readonly defaultTemplate: string
  /** Whether values of the last run stand in it. */
  readonly hasValues: boolean
}

export interface PreviewMessage {
  /** `history` for a history that is not known. */
  readonly role: string
  /** As `chip-text.ts` writes it: a chip stands for a value that is not known. */
  readonly text: string
}

const promptKeys = ['systemPrompt', 'history', 'userPrompt', 'context', 'promptTemplate']

/** Whether a node asks a model with a prompt made of these properties. */
export function isPrompted({ properties }: NodeDefinition): boolean {
  return promptKeys.every((key) => Object.hasOwn(properties, key))
}

export interface PromptSource {
  readonly properties: Readonly<Record<string, JsonValue>>
  /** What properties came to in the last run; only of those that have not changed since. */
  readonly recorded: Readonly<Record<string, unknown>>
  readonly values: LastValues
}

/** Composes the messages as the server does, with the values of the last run where there are any. */
export function previewPrompt({ properties, recorded, values }: PromptSource): PromptPreview {
  let hasValues = false
  const resolve = (key: string): unknown => {
    const value = properties[key]
    const binding = value === undefined ? undefined : readBinding(value)
    if (binding === undefined) return undefined
    if (binding.kind !== 'literal' && Object.hasOwn(recorded, key)) {
      hasValues = true
      return withoutMarks(recorded[key])
    }
    switch (binding.kind) {
      case 'literal':
        return binding.value
      case 'reference':
        return known(binding.reference)
      case 'text':
        return binding.parts
          .map((part) => (typeof part === 'string' ? part : textInTemplate(knownPart(part))))
          .join('')
      case 'expression':
        return knownResult(binding.source)
    }
  }
  const knownPart = (part: Exclude<TextPart, string>) =>
    '$ref' in part ? known(part.$ref) : knownResult(part.$expr)
  const known = (reference: string): unknown => {
    const value = lastValueOf(reference, values)
    if (value === undefined) return chipOf(reference)
    hasValues = true
    return withoutMarks(value)
  }
  const knownResult = (source: string): unknown => {
    try {
      const { variables, evaluate } = compileExpression(source)
      if (variables.every((name) => values.has(name))) {
        hasValues ||= variables.length > 0
        return withoutMarks(evaluate(Object.fromEntries(values)))
      }
    } catch {
      // It is told at its own field; here it has no value yet.
    }
    return chipOf(expressionMark + source)
  }
  /** As the engine does: what a variable puts into a template is not part of it. */
  const template = (): Template => {
    const value = properties['promptTemplate']
    const binding = value === undefined ? undefined : readBinding(value)
    if (binding?.kind !== 'text') return [textInTemplate(resolve('promptTemplate'))]
    return binding.parts.map((part) =>
      typeof part === 'string' ? part : { value: textInTemplate(knownPart(part)) },
    )
  }
  const context = resolve('context')
  const { history, problem } = historyOf(resolve('history'))
  const messages = composeMessages({
    systemPrompt: textInTemplate(resolve('systemPrompt')),
    history,
    userPrompt: textInTemplate(resolve('userPrompt')),
    context,
    promptTemplate: template(),
  })
  return {
    messages: messages.map(({ role, content }) => ({ role, text: content })),
    problem,
    defaultTemplate: defaultPromptTemplate(contextText(context)),
    hasValues,
  }
}

function historyOf(value: unknown): {
  readonly history: readonly ChatMessage[]
  readonly problem: string | undefined
} {
  if (typeof value === 'string' && value.match(chipPattern) !== null) {
    return { history: [{ role: 'history', content: value }], problem: undefined }
  }
  try {
    return { history: readHistory(value, { what: 'The history' }), problem: undefined }
  } catch (error) {
    return { history: [], problem: toFlowError(error).message }
  }
}
