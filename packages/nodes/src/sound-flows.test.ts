import {
  compile,
  implement,
  implementResource,
  implementTrigger,
  runFlow,
  type BlockEnd,
  type Implementation,
} from '@millrace/engine'
import { fakeServices } from '@millrace/engine/testing'
import {
  blockVariablesOf,
  checkFlow,
  diffFlows,
  execPortsOf,
  hasErrors,
  isEmptyDiff,
  namedTypes,
  outputsOf,
  parseFlow,
  serializeFlow,
  type ErrorShape,
  type Flow,
  type NodeDefinition,
  type RunEvent,
  type Type,
} from '@millrace/flow'
import { createRandom, soundFlow, type Random } from '@millrace/flow/testing'
import { describe, expect, it } from 'vitest'
import { registry } from './registry.ts'

/** A random value of a type. */
function valueOf(type: Type, random: Random): unknown {
  if (type === 'text') return ['', 'a', '1', '😀'][random(4)]
  if (type === 'number') return random(5) - 1
  if (type === 'boolean') return random(2) === 0
  if (type === 'any') return [null, 'any', 3, true, [1], { a: 1 }][random(6)]
  if (typeof type === 'string') return valueOf({ record: namedTypes[type] }, random)
  if ('optional' in type) return random(2) === 0 ? null : valueOf(type.optional, random)
  if ('list' in type) {
    return Array.from({ length: random(3) }, () => valueOf(type.list, random))
  }
  return Object.fromEntries(
    Object.entries(type.record).map(([key, field]) => [key, valueOf(field, random)]),
  )
}

/** Runs every block of its node once or twice, as its kind allows, and gives values of its types. */
function standIn(definition: NodeDefinition, flow: Flow, random: Random): Implementation {
  const nodeOf = (id: string) => flow.nodes.find((node) => node.id === id)
  if (definition.kind === 'trigger') {
    const node = flow.nodes.find(({ type }) => type === definition.type)
    const outputs = node === undefined ? [] : outputsOf(definition, node)
    return implementTrigger(
      definition,
      () =>
        Object.fromEntries(outputs.map(({ key, type }) => [key, valueOf(type, random)])) as never,
    )
  }
  if (definition.kind === 'resource') return implementResource(definition, () => ({}) as never)
  return implement(definition, async ({ nodeId, blocks, run }) => {
    const node = nodeOf(nodeId)
    if (node === undefined) throw new Error(`There is no node "${nodeId}".`)
    for (const port of execPortsOf(definition, node).filter(({ block }) => block !== undefined)) {
      for (let round = random(3); round > 0; round -= 1) {
        const variables = Object.fromEntries(
          blockVariablesOf(definition, node, port).map(({ key, type }) => [
            key,
            valueOf(type, random),
          ]),
        )
        const end = await runBlock(blocks, port.id, variables)
        if (end.kind === 'break' && port.isLoop) break
        if (end.kind !== 'next' && !(end.kind === 'continue' && port.isLoop)) return { end }
      }
    }
    if (definition.yields === true) run.yield(valueOf('any', random))
    const outputs = Object.fromEntries(
      outputsOf(definition, node).map(({ key, type }) => [key, valueOf(type, random)]),
    )
    if (definition.jump === 'return') return { end: { kind: 'return', value: null } }
    if (definition.jump === 'break' || definition.jump === 'continue') {
      return { end: { kind: definition.jump } }
    }
    return { outputs: outputs as never }
  })
}

type Block = (...values: readonly unknown[]) => BlockEnd | Promise<BlockEnd>

function runBlock(blocks: object, port: string, variables: object): ReturnType<Block> {
  const [key = '', item] = port.split('.')
  const block = (blocks as Readonly<Record<string, Block>>)[key] // the definition names it
  if (block === undefined) throw new Error(`There is no block "${key}".`)
  return item === undefined ? block(variables) : block(item, variables)
}

async function run(flow: Flow, random: Random): Promise<readonly RunEvent[]> {
  const stubs = {
    nodes: [...registry.nodes.values()].map((definition) => standIn(definition, flow, random)),
    connections: [...registry.connections.values()],
  }
  const services = fakeServices({
    connections: [{ id: 'some', kind: 'openai', name: 'Some', fields: {} }],
  })
  const events: RunEvent[] = []
  const started = runFlow(compile(flow, [stubs]), { input: {}, services })
  for await (const event of started.events()) events.push(event)
  return events
}

/** Whether a run failed on a value that is not what is wanted, and not on a name. */
function isOnlyKnownThen({ code, message }: ErrorShape): boolean {
  const isOfValue = /needs .*, and got|is empty|could not be worked out|must be|has no key/
  return code === 'input_invalid' && isOfValue.test(message) && !/no variable/.test(message)
}

describe('flows of the nodes that Millrace has', { timeout: 60_000 }, () => {
  it('[F22] that have no error never miss a variable, a port or a node when they run', async () => {
    const wrong: string[] = []
    const outcomes = new Map<string, number>()
    for (let number = 1; number <= 120; number += 1) {
      const random = createRandom(number)
      const flow = soundFlow(random, registry)
      expect(hasErrors(checkFlow(flow, registry)), `number ${number}`).toBe(false)
      const events = await run(flow, random)
      const end = events.at(-1)
      if (end?.type !== 'run-end') {
        wrong.push(`${number}: no end`)
        continue
      }
      outcomes.set(end.outcome, (outcomes.get(end.outcome) ?? 0) + 1)
      const { error } = end
      if (error && !isOnlyKnownThen(error)) {
        wrong.push(`${number}: ${error.code} ${error.message}`)
      }
    }
    expect(wrong).toEqual([])
    expect(outcomes.get('completed')).toBeGreaterThan(40)
  })

  it('[F8] are read back from their canonical text, and differ in nothing from it', () => {
    for (let number = 1; number <= 120; number += 1) {
      const flow = soundFlow(createRandom(number), registry)
      const read = parseFlow(JSON.parse(serializeFlow(flow)))
      if (read.status !== 'flow') throw new Error(`Number ${number} is no flow.`)
      expect(isEmptyDiff(diffFlows(flow, read.flow, registry))).toBe(true)
    }
  })
})
