import { dataPortsOf, execPortsOf, isIdentifier, placeholderIn } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { chatCompletion } from './openai/chat-completion/definition.ts'
import { streamingChatCompletion } from './openai/streaming-chat-completion/definition.ts'
import { registry } from './registry.ts'
import { connectionKinds, nodes } from './server.ts'

describe('registry', () => {
  it('has an implementation for every node, and every implementation has its node', () => {
    expect(nodes.map(({ definition }) => definition.type).toSorted()).toEqual(
      [...registry.nodes.keys()].toSorted(),
    )
  })

  it('has tests and look-ups for every kind of connection', () => {
    expect([...connectionKinds.keys()]).toEqual([...registry.connections.keys()])
  })

  it('gives web addresses as examples of addresses, and says what to fill in', () => {
    for (const { fields } of registry.connections.values()) {
      for (const { value, hint } of Object.values(fields).flatMap(
        ({ examples }) => examples ?? [],
      )) {
        const placeholder = placeholderIn(value)
        expect(URL.canParse(value.replace(placeholder ?? '', 'mill')), value).toBe(true)
        if (placeholder !== undefined) expect(hint).toContain(placeholder)
      }
    }
  })

  it('travels as JSON', () => {
    const definitions = [...registry.nodes.values()]
    expect(JSON.parse(JSON.stringify(definitions))).toEqual(definitions)
  })

  it.each([...registry.nodes.values()])('explains itself: $type', (definition) => {
    expect(definition.description.length).toBeGreaterThan(20)
    for (const [key, property] of Object.entries(definition.properties)) {
      expect(isIdentifier(key), key).toBe(true)
      expect(property.help, key).toMatch(/\.$/)
    }
    const named = { ...definition.outputs, ...blockOutputs(definition) }
    for (const { nameFrom } of Object.values(named)) {
      expect(definition.properties).toHaveProperty(nameFrom)
    }
  })
})

function blockOutputs(definition: Parameters<typeof execPortsOf>[0]) {
  const ports = execPortsOf(definition, { id: 'node', type: definition.type })
  return Object.assign({}, ...ports.map(({ block }) => block ?? {})) as Readonly<
    Record<string, { readonly nameFrom: string }>
  > // the blocks of its ports, put together
}

describe('openai.chatCompletion', () => {
  it('[S1] [S2] has the fields and ports of its streaming twin, but nothing that streams', () => {
    const { streamVariable, ...properties } = streamingChatCompletion.properties
    expect(streamVariable.label).toBe('Stream variable name')
    expect(Object.entries(chatCompletion.properties)).toEqual(Object.entries(properties))
    expect(dataPortsOf(chatCompletion, {})).toEqual(dataPortsOf(streamingChatCompletion, {}))
    expect(chatCompletion.outputs).toEqual(streamingChatCompletion.outputs)
    expect(chatCompletion.attachments).toEqual(streamingChatCompletion.attachments)
    const ports = execPortsOf(chatCompletion, { id: 'chat', type: chatCompletion.type })
    expect(ports.map(({ id }) => id)).toEqual(['next'])
    expect(chatCompletion).not.toHaveProperty('streams')
  })
})
