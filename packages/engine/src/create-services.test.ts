import { expect, it } from 'vitest'
import { createServices, fixedConnections } from './create-services.ts'

it('shares what one run made with the next, until it is disposed of', async () => {
  const services = createServices()
  const disposed: string[] = []
  const open = (name: string) =>
    services.share(
      'pool',
      () => ({ name }),
      (pool) => void disposed.push(pool.name),
    )
  expect([open('first'), open('second')]).toEqual([{ name: 'first' }, { name: 'first' }])
  await services.dispose()
  expect(disposed).toEqual(['first'])
  expect(open('third')).toEqual({ name: 'third' })
})

it('disposes of everything, also when one of it cannot be', async () => {
  const services = createServices()
  let isClosed = false
  services.share('stuck', Object, () => Promise.reject(new Error('It hangs.')))
  services.share('pool', Object, () => {
    isClosed = true
  })
  await services.dispose()
  expect(isClosed).toBe(true)
})

it('reaches nothing that it was not given', async () => {
  const target = { host: 'mill.test', port: 443, address: '203.0.113.1' }
  const services = createServices()
  expect(services.mayConnect(target)).toBe(false)
  await expect(services.connections.get('docs')).rejects.toMatchObject({
    code: 'connection_missing',
    message: expect.stringContaining('"docs"') as string,
  })
  const docs = { id: 'docs', kind: 'postgres', name: 'Docs', fields: {} }
  const given = createServices({ connections: fixedConnections([docs]), mayConnect: () => true })
  expect(await given.connections.get('docs')).toBe(docs)
  expect(given.mayConnect(target)).toBe(true)
})
