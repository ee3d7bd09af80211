import { checkFlow, parseFlow, type Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { openingView } from '../canvas/opening-view.ts'
import { boxesOf, isInView } from '../canvas/placement.ts'
import { mapCornerOf } from '../canvas/react-flow/map-corner.ts'
import { registry } from '../registry.ts'
import { findTemplates } from './find-templates.ts'
import { neededKinds } from './template-needs.ts'
import { emptyTemplate, templates, type FlowTemplate } from './templates.ts'
import { triggerTemplates } from './trigger-templates.ts'

function flowOf(template: FlowTemplate): Flow {
  return template.create('id', template.name, 'http://localhost')
}

it('offers templates that are well formed, and the flows that they call', () => {
  const flows = [...templates, ...triggerTemplates(registry), emptyTemplate].flatMap((template) => [
    flowOf(template),
    ...(template.called ?? []).map((create) => create()),
  ])
  expect(flows.map((flow) => parseFlow(flow).status)).toEqual(flows.map(() => 'flow'))
})

it('lacks nothing on a fresh server but the kinds of connection that a template says it needs', () => {
  const connections = new Map(
    ['demo', 'embedded-postgres'].map((kind) => [kind, { kind }] as const),
  )
  const needs = templates.map((template) => {
    const flow = flowOf(template)
    const flows = new Set((template.called ?? []).map((create) => create().id))
    const problems = checkFlow(flow, registry, { connections, flows })
    const kinds = neededKinds(flow, registry)
    expect(problems.every(({ property }) => property === 'connection')).toBe(true)
    expect(problems.length > 0).toBe(kinds.length > 0)
    return [template.id, kinds.join(', ')] as const
  })
  expect(needs.filter(([, kinds]) => kinds !== '')).toEqual([
    ['rag-chat-on-servers', 'PostgreSQL, SQL Server, OpenAI'],
  ])
  expect(needs.length).toBeGreaterThanOrEqual(12)
})

it('finds templates by what they say and what they are made of, a letter forgiven', () => {
  const ids = (query: string) => findTemplates(templates, query).map(({ id }) => id)
  expect(ids('fallbak')).toEqual(['chat-with-fallback'])
  expect(ids('run flow')).toEqual(['price-list'])
  expect(ids('')).toEqual(templates.map(({ id }) => id))
  expect(ids('spaceship')).toEqual([])
})

it('starts a flow from each trigger that there is', () => {
  expect(
    triggerTemplates(registry).map((template) => flowOf(template).nodes.map(({ type }) => type)),
  ).toEqual([
    ['chat.trigger'],
    ['http.trigger'],
    ['flow.trigger'],
    ['schedule.trigger'],
    ['mcp.toolTrigger'],
    ['chat.feedbackTrigger'],
  ])
})

it('opens them whole beside the panel of a window of 1440 by 900, at a size that can be read', () => {
  const canvas = { width: 1100, height: 820 }
  const map = mapCornerOf(canvas, { isMapOpen: true })
  const cut = templates.filter((template) => {
    const boxes = boxesOf(flowOf(template), registry)
    const view = openingView(boxes, 'trigger', { window: canvas, map })
    return [...boxes.values()].some((box) => !isInView(box, view, canvas))
  })
  expect(cut.map(({ id }) => id)).toEqual([])
})
