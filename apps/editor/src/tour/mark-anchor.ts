/** What a mark points at. */
export type MarkAnchor = () => Element | { getBoundingClientRect(): DOMRect }

/** The first element of a selector that no panel covers; where none is, the foot of the window. */
export function firstInSight(selector: string): MarkAnchor {
  return () => [...document.querySelectorAll(selector)].find(isInSight) ?? footOfWindow
}

function isInSight(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect()
  const here = document.elementsFromPoint(left + width / 2, top + height / 2)
  return element.contains(here.find((one) => one.closest('[data-region="tour"]') === null) ?? null)
}

const footOfWindow = {
  getBoundingClientRect: () => new DOMRect(innerWidth / 2, innerHeight - 48, 0, 0),
}
