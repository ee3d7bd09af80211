import { dataPortsOf, execPortsOf, outputsOf, type PropertyKind } from '@millrace/flow'
import { expect, it } from 'vitest'
import { streamingChatCompletion } from './definition.ts'

type Row = readonly [
  label: string,
  key: string,
  isRequired: boolean,
  editor: PropertyKind,
  byDefault: string | number | undefined,
  port: number | undefined,
]

/** The table of the node's properties; Title before them, Disabled and Description after them are every node's. */
const table: readonly Row[] = [
  ['Connection', 'connection', true, 'connection', undefined, undefined],
  ['Model id', 'modelId', true, 'model', undefined, 1],
  ['System prompt', 'systemPrompt', false, 'longText', undefined, 3],
  ['User prompt', 'userPrompt', true, 'longText', undefined, 2],
  ['History', 'history', false, 'text', undefined, 4],
  ['Context', 'context', false, 'reference', undefined, 5],
  ['Prompt template', 'promptTemplate', false, 'template', undefined, undefined],
  ['Temperature', 'temperature', false, 'number', 0.7, 6],
  ['Max completion tokens', 'maxCompletionTokens', false, 'number', undefined, 7],
  ['Stream variable name', 'streamVariable', false, 'variableName', 'message', undefined],
  ['Result variable name', 'resultVariable', false, 'variableName', 'response', undefined],
]

const { properties } = streamingChatCompletion
type Key = keyof typeof properties

it('[S1] has the properties of its table: label, order, required mark, editor, default and port', () => {
  const rows = Object.entries(properties).map(([key, property]): Row => [
    property.label,
    key,
    'required' in property,
    property.kind,
    'default' in property ? property.default : undefined,
    'port' in property ? property.port : undefined,
  ])
  expect(rows).toEqual(table)
})

it.each(Object.keys(properties) as Key[])('says what %s is for', (key) => {
  expect(properties[key].help).toMatch(/^[A-Z].{15,}\.$/s)
})

it('[S2] draws its ports in the order of the table, and its result on the right', () => {
  expect(dataPortsOf(streamingChatCompletion, {}).map(({ key }) => key)).toEqual([
    'modelId',
    'userPrompt',
    'systemPrompt',
    'history',
    'context',
    'temperature',
    'maxCompletionTokens',
  ])
  const node = { id: 'chat', type: streamingChatCompletion.type }
  expect(execPortsOf(streamingChatCompletion, node).map(({ label }) => label)).toEqual([
    'For each message',
    'Continue',
  ])
  expect(outputsOf(streamingChatCompletion, node).map(({ name }) => name)).toEqual(['response'])
  const cleared = { ...node, properties: { resultVariable: '' } }
  expect(outputsOf(streamingChatCompletion, cleared)).toEqual([])
})

it('[S4] keeps the temperature within 0 and 2, and asks for whole tokens', () => {
  expect(properties.temperature).toMatchObject({ minimum: 0, maximum: 2 })
  expect(properties.maxCompletionTokens).toMatchObject({ minimum: 1, integer: true })
})

it('knows two placeholders in its template, and misses the user prompt', () => {
  const { placeholders, expects } = properties.promptTemplate
  expect(Object.keys(placeholders)).toEqual(['context', 'userPrompt'])
  expect(expects).toBe('userPrompt')
})
