import { createRegistry, defineNode } from '../definition.ts'
import { property } from '../property.ts'

/**
 * A small world of nodes for the tests of this package, one for each thing that flows are made of:
 * a trigger, a stream with a loop and a place for a resource, branches, jumps, assignments.
 */

const common = { version: 1, kind: 'action', system: 'Test', icon: 'test' } as const

const request = defineNode({
  ...common,
  type: 'test.request',
  kind: 'trigger',
  title: 'Request',
  category: 'trigger',
  description: 'Starts the flow with what a chat client sends.',
  exec: { in: false, out: { next: { label: 'Next' } } },
  properties: {
    requestVariable: property.variableName({
      label: 'Request variable',
      required: true,
      default: 'request',
    }),
  },
  outputs: { request: { nameFrom: 'requestVariable', type: 'chatRequest' } },
})

const chat = defineNode({
  ...common,
  type: 'test.chat',
  title: 'Chat',
  category: 'model',
  description: 'Streams the answer of a model.',
  exec: {
    in: true,
    out: {
      forEachMessage: {
        label: 'For each message',
        block: { message: { nameFrom: 'streamVariable', type: 'message' } },
        loop: true,
      },
      continue: { label: 'Continue' },
    },
  },
  attachments: {
    reducer: { label: 'History reducer', accepts: 'historyReducer', max: 1 },
  },
  properties: {
    connection: property.connection({ label: 'Connection', required: true, kinds: ['model'] }),
    prompt: property.longText({ label: 'Prompt', required: true, port: 1 }),
    history: property.text({ label: 'History', type: 'any' }),
    context: property.reference({ label: 'Context' }),
    template: property.template({
      label: 'Template',
      placeholders: { prompt: 'The prompt', context: 'The context' },
      expects: 'prompt',
    }),
    temperature: property.number({ label: 'Temperature', minimum: 0, maximum: 2, default: 0.7 }),
    tokens: property.number({ label: 'Tokens', minimum: 1, integer: true }),
    streamVariable: property.variableName({ label: 'Stream variable', default: 'message' }),
    resultVariable: property.variableName({ label: 'Result variable', default: 'response' }),
  },
  outputs: { response: { nameFrom: 'resultVariable', type: 'chatResponse' } },
  streams: true,
})

const branch = defineNode({
  ...common,
  type: 'test.if',
  title: 'If',
  category: 'control',
  description: 'Runs one of two blocks.',
  exec: {
    in: true,
    runsOne: true,
    out: {
      true: { label: 'True', block: {} },
      false: { label: 'False', block: {} },
      continue: { label: 'Continue' },
    },
  },
  properties: { condition: property.conditions({ label: 'Condition', required: true }) },
})

const cases = defineNode({
  ...common,
  type: 'test.switch',
  title: 'Switch',
  category: 'control',
  description: 'Runs the block of one case.',
  exec: {
    in: true,
    out: {
      case: { each: 'cases', id: 'id', label: 'name', block: {} },
      continue: { label: 'Continue' },
    },
  },
  properties: { cases: property.json({ label: 'Cases' }) },
})

const send = defineNode({
  ...common,
  type: 'test.yield',
  title: 'Yield',
  category: 'output',
  description: 'Sends a value to the client.',
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: { value: property.value({ label: 'Value', required: true, port: 1 }) },
  yields: true,
})

const setVariable = defineNode({
  ...common,
  type: 'test.set',
  title: 'Set variable',
  category: 'control',
  description: 'Assigns a variable of the flow.',
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {
    variable: property.flowVariable({ label: 'Variable', required: true }),
    value: property.value({ label: 'Value', port: 1, assignedTo: 'variable' }),
  },
})

const read = defineNode({
  ...common,
  type: 'test.read',
  title: 'Read',
  category: 'data',
  description: 'Has a property of every other kind, and a type that a property names.',
  version: 2,
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {
    as: property.choice({
      label: 'Read as',
      options: { text: 'Text', number: 'Number', json: 'JSON' },
      default: 'text',
    }),
    format: property.text({
      label: 'Format',
      visible: { property: 'as', in: ['json'] },
      required: true,
    }),
    isStrict: property.boolean({ label: 'Strict' }),
    model: property.model({ label: 'Model', connection: 'connection', purpose: 'chat' }),
    options: property.json({ label: 'Options' }),
    list: property.value({ label: 'List', type: { list: 'text' } }),
    resultVariable: property.variableName({ label: 'Result variable', default: 'result' }),
  },
  outputs: { result: { nameFrom: 'resultVariable', type: { fromProperty: 'as' } } },
})

const store = defineNode({
  ...common,
  type: 'test.store',
  title: 'Store',
  category: 'data',
  description: 'Has the properties in whose values bindings stand.',
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {
    table: property.table({ label: 'Table', connection: 'connection', port: 1 }),
    query: property.sql({ label: 'Query', connection: 'connection', port: 2 }),
    columns: property.columnMapping({
      label: 'Columns',
      connection: 'connection',
      table: 'table',
    }),
    filter: property.filter({ label: 'Filter', connection: 'connection', table: 'table' }),
  },
})

const each = defineNode({
  ...common,
  type: 'test.each',
  title: 'Each',
  category: 'control',
  description: 'Runs its block for each item of a list.',
  exec: {
    in: true,
    out: {
      item: {
        label: 'Item',
        block: {
          item: { nameFrom: 'itemVariable', type: { itemOf: 'items' } },
          index: { nameFrom: 'indexVariable', type: 'number' },
        },
        loop: true,
      },
      continue: { label: 'Continue' },
    },
  },
  properties: {
    items: property.value({ label: 'Items', type: { list: 'any' }, required: true, port: 1 }),
    itemVariable: property.variableName({ label: 'Item variable', default: 'item' }),
    indexVariable: property.variableName({ label: 'Index variable', default: '' }),
  },
})

const form = defineNode({
  ...common,
  type: 'test.form',
  kind: 'trigger',
  title: 'Form',
  category: 'trigger',
  description: 'Starts the flow with the fields that it declares.',
  exec: { in: false, out: { next: { label: 'Next' } } },
  properties: {
    fields: property.fields({ label: 'Fields' }),
    formVariable: property.variableName({ label: 'Form variable', default: 'form' }),
  },
  outputs: { form: { nameFrom: 'formVariable', type: { fieldsOf: 'fields' } } },
})

const choose = defineNode({
  ...common,
  type: 'test.choose',
  title: 'Choose',
  category: 'control',
  description: 'Runs the block of the first case that holds.',
  exec: {
    in: true,
    out: {
      case: { each: 'cases', id: 'id', label: 'name', block: {} },
      else: { label: 'Else', block: {} },
      continue: { label: 'Continue' },
    },
  },
  properties: { cases: property.cases({ label: 'Cases', required: true }) },
})

const call = defineNode({
  ...common,
  type: 'test.call',
  title: 'Call',
  category: 'data',
  description: 'Runs code with inputs under names.',
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {
    inputs: property.namedValues({
      label: 'Inputs',
      names: 'identifier',
      itemLabel: 'Input',
      port: 1,
    }),
    headers: property.namedValues({
      label: 'Headers',
      names: 'text',
      valueType: 'text',
      itemLabel: 'Header',
    }),
    code: property.code({ label: 'Code', inputs: 'inputs' }),
    flow: property.flow({ label: 'Flow' }),
    answerVariable: property.variableName({ label: 'Answer variable', default: 'answer' }),
    answerType: property.choice({
      label: 'Answer type',
      options: { text: 'Text', list: 'List', any: 'Any' },
      default: 'any',
    }),
  },
  outputs: { answer: { nameFrom: 'answerVariable', type: { fromProperty: 'answerType' } } },
})

const end = defineNode({
  ...common,
  type: 'test.break',
  title: 'Break',
  category: 'control',
  description: 'Ends a loop.',
  exec: { in: true, out: {} },
  properties: {},
  jump: 'break',
})

const resource = {
  ...common,
  kind: 'resource',
  category: 'attachment',
  provides: 'historyReducer',
} as const

const reducer = defineNode({
  ...resource,
  type: 'test.reducer',
  title: 'Reducer',
  description: 'Keeps the last messages.',
  properties: { count: property.number({ label: 'Count', required: true }) },
})

const chain = defineNode({
  ...resource,
  type: 'test.chain',
  title: 'Chain',
  description: 'A reducer that asks others.',
  attachments: {
    reducers: { label: 'Reducers', accepts: 'historyReducer', max: 2, required: true },
  },
  properties: {},
})

/** Every definition of the fixture. */
export const fixtureNodes = [
  request,
  chat,
  branch,
  cases,
  send,
  setVariable,
  read,
  store,
  each,
  form,
  choose,
  call,
  end,
  reducer,
  chain,
]

export const fixtureRegistry = createRegistry({
  nodes: fixtureNodes,
  connections: [
    {
      kind: 'model',
      title: 'Model',
      icon: 'test',
      description: 'Where a model is.',
      fields: { url: { kind: 'text', label: 'Address' } },
      lookups: [],
    },
  ],
})
