import { registry } from '@millrace/nodes'
import { expect, it } from 'vitest'
import { readDefinitions } from './nodes-api.ts'

const nodes = [...registry.nodes.values()]
const connections = [...registry.connections.values()]
const [trigger] = nodes

it('reads what a server says of its nodes, as it is', () => {
  const sent: unknown = JSON.parse(JSON.stringify({ nodes, connections }))
  expect(readDefinitions(sent)).toEqual({ nodes, connections })
})

it('edits a property of a kind that it does not know as JSON', () => {
  const slider = { kind: 'slider', label: 'Speed', port: 1, default: 3 }
  const node = { ...trigger, properties: { speed: slider } }
  const [read] = readDefinitions({ nodes: [node], connections }).nodes
  expect(read?.properties).toEqual({ speed: { ...slider, kind: 'json' } })
})

it('leaves out what it cannot draw', () => {
  const halves = [null, { type: 'acme.half' }, { ...trigger, properties: { speed: 'fast' } }]
  expect(readDefinitions({ nodes: halves, connections: [{ kind: 'acme' }] })).toEqual({
    nodes: [],
    connections: [],
  })
})

it('says so when an answer holds no definitions', () => {
  expect(() => readDefinitions({ nodes })).toThrow(/holds no list of nodes/)
})
