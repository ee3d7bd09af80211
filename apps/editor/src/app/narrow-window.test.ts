import { afterEach, expect, it, vi } from 'vitest'
import { leaveCanvasFree } from './narrow-window.ts'
import { openProperties, usePanelLayout } from './panel-layout.ts'

const isOpen = () => usePanelLayout.getState().isPropertiesOpen

afterEach(() => void vi.unstubAllGlobals())

/** A window; what is called makes it wide. */
function startWindow(matches: boolean): () => void {
  const query = Object.assign(new EventTarget(), { matches })
  vi.stubGlobal('matchMedia', () => query)
  return () => void query.dispatchEvent(new Event('change'))
}

it('opens a flow without its properties in a narrow window, until they are asked for', () => {
  startWindow(true)
  const leave = leaveCanvasFree()
  expect(isOpen()).toBe(false)
  openProperties()
  expect(isOpen()).toBe(true)
  leave?.()
})

it('shows the properties as they are kept once a narrow window is wide, or the flow is left', () => {
  const widen = startWindow(true)
  const leave = leaveCanvasFree()
  widen()
  expect(isOpen()).toBe(true)
  leave?.()

  const leaveAgain = leaveCanvasFree()
  expect(isOpen()).toBe(false)
  leaveAgain?.()
  expect(isOpen()).toBe(true)
})

it('leaves the properties where there is room for them', () => {
  startWindow(false)
  expect(leaveCanvasFree()).toBe(undefined)
  expect(isOpen()).toBe(true)
})
