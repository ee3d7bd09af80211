import { useEffect, type RefObject } from 'react'
import { focusOf } from '../commands/key-focus.ts'
import { useSession } from '../session/session-store.ts'
import { isMenuKey, openContextMenu } from '../ui/open-context-menu.ts'

/**
 * Lets the menu key open a menu while no part of the flow has the focus: of what is selected, else of
 * the canvas. The browser would open that of whatever stands in the corner of the window.
 */
export function useMenuKey(stage: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (!isMenuKey(event) || focusOf(event.target) !== 'canvas' || isOnPart(event.target)) return
      const element = stage.current === null ? undefined : elementFor(stage.current)
      if (element === undefined) return
      event.preventDefault()
      const { left, top, width, height } = element.getBoundingClientRect()
      openContextMenu(element, [left + width / 2, top + height / 2])
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [stage])
}

/** Nodes and edges have menus of their own, at which the browser opens them. */
function isOnPart(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('.react-flow__node, .react-flow__edge') !== null
  )
}

function elementFor(stage: HTMLElement): Element | undefined {
  const [selected] = useSession.getState().selectedNodeIds
  const node =
    selected === undefined ? null : stage.querySelector(`.react-flow__node[data-id="${selected}"]`)
  return node ?? stage.querySelector('.react-flow__pane') ?? undefined
}
