import { implementTrigger } from '@millrace/engine'
import { FlowError, isRecord, type ValueOf } from '@millrace/flow'
import { readHistory } from '../read-history.ts'
import { chatTrigger } from './definition.ts'

/** Reads what a chat client sent; what it left out is empty. */
export const runChatTrigger = implementTrigger(chatTrigger, (input) => ({
  request: readChatRequest(input),
}))

function readChatRequest(input: unknown): ValueOf<'chatRequest'> {
  if (!isRecord(input)) {
    throw new FlowError(
      'input_invalid',
      'A chat flow starts with a JSON object. Send { "sessionId", "prompt" }, and "context" and "history" if you have them.',
    )
  }
  const history = readHistory(input['history'], { what: 'The history of the request' })
  const isInstruction = ({ role }: { readonly role: string }) =>
    role === 'system' || role === 'developer'
  return {
    sessionId: text(input, 'sessionId') ?? '',
    prompt: requiredText(input, 'prompt'),
    context: context(input['context']),
    // Instructions are not part of the conversation: a reducer must not count or drop them.
    history: history.filter((message) => !isInstruction(message)),
    instructions: [
      text(input, 'instructions') ?? '',
      ...history.filter(isInstruction).map(({ content }) => content),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
    options: readOptions(input['options']),
    user: text(input, 'user') ?? '',
  }
}

function text(input: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = input[key]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return value
  throw new FlowError(
    'input_invalid',
    `"${key}" of the request must be text, but is ${kindOf(value)}. Send it in quotes.`,
    { details: { field: key } },
  )
}

function requiredText(input: Readonly<Record<string, unknown>>, key: string): string {
  const value = text(input, key)
  if (value !== undefined) return value
  throw new FlowError(
    'input_invalid',
    `The request has no "${key}". Send it as text: it is what the user says.`,
    { details: { field: key } },
  )
}

/** The client's own words to the flow; what is not text is passed on as JSON. */
function context(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function readOptions(value: unknown): ValueOf<'chatOptions'> {
  if (value === undefined || value === null) return { temperature: null, maxCompletionTokens: null }
  if (!isRecord(value)) throw invalidOptions()
  return {
    temperature: numberOrNull(value['temperature']),
    maxCompletionTokens: numberOrNull(value['maxCompletionTokens']),
  }
}

function numberOrNull(value: unknown): number | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return value
  throw invalidOptions()
}

function invalidOptions(): FlowError {
  return new FlowError(
    'input_invalid',
    '"options" of the request must be an object with the numbers temperature and maxCompletionTokens, or be left out.',
    { details: { field: 'options' } },
  )
}

function kindOf(value: unknown): string {
  return Array.isArray(value)
    ? 'a list'
    : `${/^[aeiou]/.test(typeof value) ? 'an' : 'a'} ${typeof value}`
}
