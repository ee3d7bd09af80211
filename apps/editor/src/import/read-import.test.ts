import { emptyFlow, noTests, serializeFlow } from '@millrace/flow'
import { streamingChatExample } from '@millrace/nodes'
import { describe, expect, it } from 'vitest'
import { readImport, type ImportItem } from './read-import.ts'

function read(...texts: readonly string[]): readonly ImportItem[] {
  return readImport(texts.map((text, index) => ({ name: `${index}.json`, text })))
}

/** Why the one text is refused. */
function reasonsOf(text: string): readonly string[] {
  const [item] = read(text)
  return item?.status === 'refused' ? item.reasons : [String(item?.status)]
}

const flow = streamingChatExample('mine', 'Mine')

describe('an import', () => {
  it('reads what was exported, one flow or a list of flows and their tests', () => {
    const tests = { ...noTests('mine'), tests: [{ name: 'Asks', expect: {} }] }
    const item = { status: 'flow', source: '0.json', flow }
    expect(read(serializeFlow(flow))).toEqual([item])
    expect(read(JSON.stringify([flow, tests]))).toEqual([
      { ...item, source: '0.json, 1' },
      { status: 'tests', source: '0.json, 2', tests },
    ])
  })

  it('reads many texts, and refuses one without the others', () => {
    expect(read(serializeFlow(flow), 'hello').map(({ status }) => status)).toEqual([
      'flow',
      'refused',
    ])
  })

  it('lists everything that is wrong at once', () => {
    const document = { ...emptyFlow('A B', ''), nodes: [{ id: '1', type: 'x' }] }
    expect(reasonsOf(JSON.stringify(document)).length).toBeGreaterThanOrEqual(4)
  })

  it('says where JSON breaks off, and what a text is that is none', () => {
    expect(reasonsOf('{ "format": 1, }')[0]).toMatch(/not JSON.*line 1 column 16/)
    expect(reasonsOf('{\n  "format": ')[0]).toMatch(/not JSON.*line 2 column 13/)
    expect(reasonsOf('<html>')[0]).toContain('starts with {')
    expect(reasonsOf('[]')).toEqual(['It is an empty list.'])
  })

  it('knows a flow of a newer version', () => {
    const newer = { ...emptyFlow('a', 'A'), version: 2 }
    expect(read(JSON.stringify(newer))).toEqual([{ status: 'newer', source: '0.json', version: 2 }])
  })

  it.each([
    ['n8n', '{"nodes":[{"type":"n8n-nodes-base.set","typeVersion":3}],"connections":{}}'],
    ['Langflow', '{"data":{"nodes":[{"id":"a"}],"edges":[]},"name":"x"}'],
    ['Flowise', '{"nodes":[{"id":"a","position":{"x":1,"y":1},"data":{}}],"edges":[]}'],
    ['Node-RED', '[{"id":"a","type":"inject","wires":[["b"]]}]'],
    ['Dify', 'app:\n  mode: workflow\nkind: app\nworkflow:\n  graph: {}'],
    ['Rivet', 'version: 4\ndata:\n  graphs:\n    a: {}'],
  ])('knows an export of %s', (product, text) => {
    expect(read(text)).toEqual([{ status: 'foreign', source: '0.json', product }])
  })

  it('takes no flow of ours for another’s, finished or not', () => {
    expect(reasonsOf(JSON.stringify({ ...flow, id: 'A B' }))[0]).toContain('lower-case letters')
  })
})
