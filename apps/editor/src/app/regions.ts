/**
 * The regions of the designer, in the order of the page: elements with `data-region`. F6 goes round
 * them, and to where the focus was in each, so that nobody need press Tab through all of a panel.
 */

/** Where the focus was in a region when it left it. */
const lastFocused = new WeakMap<Element, HTMLElement>()

/** What a region is entered at: its tree, the selected card, or the first that takes the focus. */
const entrances = [
  '[role="tree"]',
  '.react-flow__node.selected',
  '.react-flow__node',
  'button:not(:disabled), a[href], input, textarea, select, [tabindex="0"]',
]

/** Moves the focus to the region after the one that has it, or before it; round the ends. */
export function focusNextRegion(direction: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(isShown)
  const active = document.activeElement
  const at = regions.findIndex((region) => region.contains(active))
  const here = regions[at]
  if (here !== undefined && active instanceof HTMLElement) lastFocused.set(here, active)
  const start = at === -1 && direction === -1 ? 0 : at
  for (let step = 1; step <= regions.length; step += 1) {
    const next = regions[(start + direction * step + regions.length * 2) % regions.length]
    if (next !== undefined && enter(next)) return
  }
}

/** Moves the focus into a region by its name; false when it is not there. */
export function focusRegion(name: string): boolean {
  const region = document.querySelector<HTMLElement>(`[data-region="${name}"]`)
  return region !== null && enter(region)
}

function enter(region: HTMLElement): boolean {
  const last = lastFocused.get(region)
  if (last !== undefined && region.contains(last) && focus(last)) return true
  const isInside = entrances.some((entrance) =>
    [...region.querySelectorAll<HTMLElement>(entrance)].some(focus),
  )
  return isInside || focusItself(region)
}

/** For a region whose content is still fetched: Tab goes on into it. */
function focusItself(region: HTMLElement): boolean {
  region.tabIndex = -1
  region.addEventListener('blur', () => region.removeAttribute('tabindex'), { once: true })
  return focus(region)
}

/** False for an element that cannot have the focus now. */
function focus(element: HTMLElement): boolean {
  if (!isShown(element)) return false
  element.focus()
  return document.activeElement === element
}

function isShown(element: HTMLElement): boolean {
  return element.checkVisibility({ visibilityProperty: true })
}
