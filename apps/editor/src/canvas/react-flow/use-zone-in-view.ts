import { useStore } from '@xyflow/react'
import { shallow } from 'zustand/shallow'
import type { Box } from '../placement.ts'

/**
 * What is in view, and up to half a window around it: another one only now and then, however often
 * the view moves.
 */
export function useZoneInView(): Box {
  return useStore(selectZone, shallow)
}

interface StoreState {
  readonly width: number
  readonly height: number
  readonly transform: readonly [x: number, y: number, zoom: number]
}

function selectZone({ width, height, transform: [x, y, zoom] }: StoreState): Box {
  const across = zoneAlong(-x / zoom, width / zoom)
  const down = zoneAlong(-y / zoom, height / zoom)
  return { x: across.from, y: down.from, width: across.length, height: down.length }
}

/** By steps that are a power of two, so that zooming a little changes nothing either. */
function zoneAlong(start: number, length: number): { from: number; length: number } {
  const step = 2 ** Math.floor(Math.log2(Math.max(1, length)) - 1)
  const from = Math.floor(start / step) * step
  return { from, length: Math.ceil((start + length) / step) * step - from }
}
