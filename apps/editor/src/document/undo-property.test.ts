import {
  addNode,
  addNote,
  attach,
  connect,
  disconnect,
  emptyFlow,
  isolateNodes,
  moveNodes,
  removeNodes,
  serializeFlow,
  setFlowFields,
  setNodeFields,
  setProperty,
  type Flow,
} from '@millrace/flow'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { copyPart } from '../clipboard/copied-part.ts'
import { pastePart } from '../clipboard/paste-part.ts'
import { registry } from '../registry.ts'
import { documentCommands, useDocument } from './document-store.ts'

const types = ['chat.trigger', 'flow.if', 'flow.yieldReturn', 'openai.streamingChatCompletion']

/** Something that a designer does, to the nodes at these places in the list. */
const anyEdit = fc
  .record({
    kind: fc.constantFrom(
      'add',
      'note',
      'connect',
      'disconnect',
      'attach',
      'move',
      'rename',
      'bind',
      'type',
      'remove',
      'isolate',
      'paste',
    ),
    one: fc.nat(9),
    other: fc.nat(9),
    text: fc.string({ maxLength: 8 }),
  })
  .map(({ kind, one, other, text }) => {
    const change = (flow: Flow): Flow => {
      const at = (index: number) => flow.nodes[index % Math.max(1, flow.nodes.length)]?.id ?? ''
      const [left, right] = [at(one), at(other)]
      switch (kind) {
        case 'add': {
          const type = types[one % types.length] ?? 'flow.if'
          return addNode(flow, registry, { type, position: [one * 40, other * 40] }).flow
        }
        case 'note':
          return addNote(flow, { text, position: [one, other] }).flow
        case 'connect':
          return connect(flow, registry, { from: [left, one < 5 ? 'next' : 'true'], to: right })
        case 'disconnect':
          return flow.edges[0] === undefined ? flow : disconnect(flow, flow.edges[0])
        case 'attach':
          return attach(flow, registry, { host: [left, 'historyReducer'], resource: right })
        case 'move':
          return moveNodes(flow, new Map([[left, [one * 8, other * 8]]]))
        case 'rename':
          return setNodeFields(flow, left, { title: text })
        case 'bind':
          return setProperty(flow, registry, {
            nodeId: left,
            key: 'value',
            value: { $ref: 'message' },
          })
        case 'type':
          return setFlowFields(flow, { description: text })
        case 'remove':
          return removeNodes(flow, registry, [left, right])
        case 'isolate':
          return isolateNodes(flow, [left])
        case 'paste': {
          const ids = { nodeIds: new Set([left, right]), noteIds: new Set<string>() }
          const part = copyPart(flow, registry, ids)
          if (part.flow.nodes.length === 0) return flow
          const place = ([x, y]: readonly [number, number]) => [x + 32, y + 32] as const
          return pastePart(flow, registry, part, { place, edges: 'incoming' }).flow
        }
      }
    }
    // What is typed in one go joins into one step.
    return { change, options: kind === 'type' ? { coalesce: 'description' } : {} }
  })

it('gives back the same bytes, whatever was done and undone, and does it all again', () => {
  fc.assert(
    fc.property(fc.array(anyEdit, { maxLength: 25 }), (edits) => {
      documentCommands.open(emptyFlow('test', 'Test'), '1')
      const before = serializeFlow(useDocument.getState().flow)
      for (const { change, options } of edits) documentCommands.edit('Edit', change, options)
      const after = serializeFlow(useDocument.getState().flow)
      while (useDocument.getState().canUndo) documentCommands.undo()
      expect(serializeFlow(useDocument.getState().flow)).toBe(before)
      while (useDocument.getState().canRedo) documentCommands.redo()
      expect(serializeFlow(useDocument.getState().flow)).toBe(after)
    }),
    { numRuns: 60 },
  )
})
