import { expect, it } from 'vitest'
import { apiPath, comparisonPath, designerPath, routeOf, runPath, versionsPath } from './router.ts'

it('reads the start page, a flow, the connections and the variables', () => {
  expect(routeOf('/')).toEqual({ page: 'flows' })
  expect(routeOf('/flows')).toEqual({ page: 'flows' })
  expect(routeOf('/connections')).toEqual({ page: 'connections' })
  expect(routeOf('/variables')).toEqual({ page: 'variables' })
  expect(routeOf('/flows/chat-1')).toEqual({
    page: 'designer',
    flowId: 'chat-1',
    isExampleRun: false,
  })
})

it('reads the API keys', () => {
  expect(routeOf('/keys')).toEqual({ page: 'keys' })
  expect(routeOf('/keys/one')).toEqual({ page: 'unknown', path: '/keys/one' })
})

it('reads the runs with what they are narrowed to', () => {
  expect(routeOf('/runs')).toEqual({ page: 'runs', query: '' })
  expect(routeOf('/runs?state=failed')).toEqual({ page: 'runs', query: 'state=failed' })
})

it('writes what it reads', () => {
  expect(routeOf(designerPath('a b', { isExampleRun: true }))).toEqual({
    page: 'designer',
    flowId: 'a b',
    isExampleRun: true,
  })
})

it('reads a run of a flow, and two beside each other', () => {
  const designer = { page: 'designer', flowId: 'a b', isExampleRun: false }
  expect(routeOf(runPath('a b', 'run 1'))).toEqual({ ...designer, runId: 'run 1' })
  expect(routeOf(comparisonPath('a b', 'run 1', 'run&2'))).toEqual({
    ...designer,
    runId: 'run 1',
    comparedId: 'run&2',
  })
})

it('reads the versions of a flow', () => {
  expect(routeOf(versionsPath('a b'))).toEqual({ page: 'versions', flowId: 'a b' })
})

it('reads how programs call a flow, and the reference of the whole API', () => {
  expect(routeOf(apiPath('a b'))).toEqual({ page: 'api', flowId: 'a b' })
  expect(routeOf('/docs')).toEqual({ page: 'docs' })
})

it('names an address it does not know', () => {
  expect(routeOf('/nowhere/else')).toEqual({ page: 'unknown', path: '/nowhere/else' })
  expect(routeOf('/flows/%E0%A4%A')).toMatchObject({ page: 'designer' })
})
