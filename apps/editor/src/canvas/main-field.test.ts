import { expect, it } from 'vitest'
import { registry } from '../registry.ts'
import { mainFieldOf } from './main-field.ts'

function mainFieldOfLog(properties: Record<string, string>): string | undefined {
  return mainFieldOf({ id: 'log', type: 'flow.log', properties }, registry.nodes.get('flow.log'))
}

it('leads to what a node is about, be it set or not, and not to a choice that stands before it', () => {
  expect(mainFieldOfLog({})).toBe('message')
  expect(mainFieldOfLog({ message: 'Noted.', level: 'warn' })).toBe('message')
})
