import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkFlow, parseFlow } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { registry } from '../../registry.ts'
import { exampleDocuments } from './documents.ts'
import { ragChatOnServers } from './rag-chat.ts'

describe('ragChatOnServers', () => {
  it('lacks nothing but its connections', () => {
    const flow = ragChatOnServers('servers', 'On servers')
    expect(parseFlow(flow).status).toBe('flow')
    const problems = checkFlow(flow, registry)
    expect(problems.map(({ nodeId, property }) => [nodeId, property])).toEqual([
      ['search', 'connection'],
      ['getHistory', 'connection'],
      ['chat', 'connection'],
      ['saveHistory', 'connection'],
      ['embedder', 'connection'],
    ])
  })
})

describe('exampleDocuments', () => {
  it('lead to files of this repository', () => {
    const root = new URL('../../../../../', import.meta.url)
    const missing = exampleDocuments.filter(
      ({ link }) => !existsSync(fileURLToPath(new URL(link, root))),
    )
    expect(missing).toEqual([])
  })

  it('have an id each', () => {
    expect(new Set(exampleDocuments.map(({ id }) => id)).size).toBe(exampleDocuments.length)
  })
})
