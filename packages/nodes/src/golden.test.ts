import { readdirSync, readFileSync } from 'node:fs'
import { checkFlow, parseFlow, serializeFlow, type Flow } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { registry } from './registry.ts'

/**
 * A flow with each node as some version of it was saved: `<type>-<version>.json`. They are never
 * edited: one that no longer loads, or means something else, is work of a designer that would be lost.
 * A new node, or a new version of one, brings a file of its own.
 */
const folder = new URL('./golden/', import.meta.url)
const files = readdirSync(folder).toSorted()

function textOf(file: string): string {
  return readFileSync(new URL(file, folder), 'utf8')
}

function flowOf(file: string): Flow {
  const parsed = parseFlow(JSON.parse(textOf(file)))
  if (parsed.status !== 'flow') throw new Error(`${file} is no flow.`)
  return parsed.flow
}

describe('a node that was ever saved', () => {
  it.each(files)('[F6] loads, and keeps its bytes: %s', (file) => {
    expect(serializeFlow(flowOf(file))).toBe(textOf(file))
  })

  it.each(files)('[F6] has no error: %s', (file) => {
    const [type = ''] = file.split(/-\d+\.json$/)
    const flow = flowOf(file)
    expect(flow.nodes.some((node) => node.type === type)).toBe(true)
    const errors = checkFlow(flow, registry).filter(({ severity }) => severity === 'error')
    expect(errors.map(({ message }) => message)).toEqual([])
  })

  it('[F6] is there in every version of every node', () => {
    const wanted = [...registry.nodes.values()].flatMap(({ type, version }) =>
      Array.from({ length: version }, (_, index) => `${type}-${index + 1}.json`),
    )
    expect(wanted.filter((file) => !files.includes(file))).toEqual([])
  })
})
