import { useEffect, useState, type FocusEvent } from 'react'
import { focusRegion } from '../app/regions.ts'

/**
 * Gives the focus back to what it came from, when the tour goes and takes the focus with it; where it
 * came from nothing, to the canvas, since what can be done next is done there. Gives what listens at
 * the mark.
 */
export function useReturnFromTour(): (event: FocusEvent<HTMLElement>) => void {
  const [origin] = useState(() => ({ current: document.activeElement }))
  useEffect(
    () => () => {
      if (isLost() && origin.current instanceof HTMLElement) {
        origin.current.focus({ preventScroll: true })
      }
      if (isLost()) focusRegion('canvas')
    },
    [origin],
  )
  return ({ relatedTarget, currentTarget }) => {
    if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget)) {
      origin.current = relatedTarget
    }
  }
}

function isLost(): boolean {
  return document.activeElement === document.body
}
