import { expect, it } from 'vitest'
import { tourCommands, useTour } from './tour-store.ts'

it('is offered once in a browser, and shown again to who asks for it', () => {
  tourCommands.offer()
  expect(useTour.getState()).toEqual({ step: 0 })
  tourCommands.end()
  tourCommands.offer()
  expect(useTour.getState()).toEqual({ step: undefined })
  tourCommands.goTo(0)
  expect(useTour.getState()).toEqual({ step: 0 })
})
