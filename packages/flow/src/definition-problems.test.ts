import { expect, it } from 'vitest'
import { connectionDefinitionProblems, nodeDefinitionProblems } from './definition-problems.ts'
import { property } from './property.ts'
import { fixtureNodes } from './testing/fixture-registry.ts'

const sound = {
  type: 'acme.greet',
  version: 1,
  kind: 'action',
  title: 'Greet',
  system: 'Acme',
  category: 'data',
  icon: 'hand',
  description: 'Says hello.',
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {
    name: property.text({ label: 'Name' }),
    resultVariable: property.variableName({ label: 'Result variable name' }),
  },
  outputs: { greeting: { nameFrom: 'resultVariable', type: 'text' } },
}

function withProperty(size: object): object {
  return { ...sound, properties: { ...sound.properties, size } }
}

it('finds nothing wrong with definitions that are sound', () => {
  expect(nodeDefinitionProblems(sound)).toEqual([])
  expect(fixtureNodes.flatMap(nodeDefinitionProblems)).toEqual([])
})

it.each([
  [null, 'Here should be an object, and there is null.'],
  [
    { ...sound, type: 'greet' },
    'At type: A type is a system and a name with a dot between: "acme.sendLetter".',
  ],
  [{ ...sound, title: '' }, 'At title: This is too short: at least 1 character.'],
  [{ ...sound, properties: undefined }, 'At properties: This is missing: an object.'],
  [{ ...sound, exec: undefined }, 'An action has "exec" with "in: true".'],
  [{ ...sound, kind: 'resource' }, 'A resource has "provides" and no "exec".'],
  [{ ...sound, kind: 'trigger' }, 'A trigger has "exec" with "in: false".'],
  [
    { ...sound, outputs: { greeting: { nameFrom: 'name', type: 'text' } } },
    '"name" names a variable, but is no variableName property.',
  ],
  [
    { ...sound, jump: 'return', returns: 'value' },
    '"returns" names "value", and there is no such property.',
  ],
  [
    {
      ...sound,
      properties: { ...sound.properties, name: { ...sound.properties.name, check() {} } },
    },
    'At properties.name.check: A definition is data, without functions.',
  ],
  [
    withProperty({ kind: 'choice', label: 'Size' }),
    'At properties.size.options: This is missing: an object.',
  ],
  [
    withProperty({ kind: 'choice', label: 'Size', options: ['s', 'm'] }),
    'At properties.size.options: Here should be an object, and there is a list.',
  ],
  [
    withProperty({ kind: 'text', label: 'Size', visible: true }),
    'At properties.size.visible: Here should be an object, and there is true or false.',
  ],
])('says what is wrong: %#', (definition, problem) => {
  expect(nodeDefinitionProblems(definition)).toEqual([problem])
})

it('names the kinds of property that there are', () => {
  const slider = { ...sound, properties: { speed: { kind: 'slider', label: 'Speed' } } }
  expect(nodeDefinitionProblems(slider)[0]).toMatch(
    /^At properties\.speed\.kind: Here should be "text" or "longText" or /,
  )
})

it('looks at kinds of connection too', () => {
  const mail = {
    kind: 'acme-mail',
    title: 'Mail',
    icon: 'mail',
    description: 'A mail server.',
    fields: { host: { kind: 'text', label: 'Host' } },
    lookups: [],
  }
  expect(connectionDefinitionProblems(mail)).toEqual([])
  expect(connectionDefinitionProblems({ ...mail, lookups: undefined })).toEqual([
    'At lookups: This is missing: a list.',
  ])
})
