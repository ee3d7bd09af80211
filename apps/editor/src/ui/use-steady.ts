import { useCallback, useLayoutEffect, useRef } from 'react'

/**
 * A function that stays the same one while its component stands and does what was last given, so
 * that a memoised component which gets it is not drawn again. Only events may call it.
 */
export function useSteady<Given extends readonly unknown[]>(
  act: (...given: Given) => void,
): (...given: Given) => void {
  const latest = useRef(act)
  useLayoutEffect(() => {
    latest.current = act
  })
  return useCallback((...given) => latest.current(...given), [])
}
