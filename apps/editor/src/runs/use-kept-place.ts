import { useLayoutEffect, useRef, type RefObject } from 'react'

interface Place {
  readonly path: string
  readonly top: number
  /** The run whose link had the focus. */
  readonly runId: string | undefined
}

/** Where a list of runs was left; the way back from a run leads there. */
let left: Place | undefined

/** What scrolls a list of runs, which stands where it was left once it has its rows again. */
export function useKeptPlace(path: string, hasRows: boolean): RefObject<HTMLDivElement | null> {
  const scroller = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null || !hasRows) return undefined
    if (left?.path === path) {
      const { runId } = left
      const links = [...element.querySelectorAll<HTMLElement>('[data-run-link]')]
      links.find((link) => link.dataset['runLink'] === runId)?.focus({ preventScroll: true })
      element.scrollTop = left.top
    }
    left = undefined
    return () => {
      const focused = document.activeElement
      const runId = focused instanceof HTMLElement ? focused.dataset['runLink'] : undefined
      left = { path, top: element.scrollTop, runId }
    }
  }, [path, hasRows])
  return scroller
}
