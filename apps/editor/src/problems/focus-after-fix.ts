import { focusRegion } from '../app/regions.ts'
import { focusField } from '../properties/focus-field.ts'

/**
 * Where the focus goes on when a problem is mended and its button goes with it: into the field it
 * stood at, or to the problem that has taken its place in the list. Asked for while the button is
 * still there.
 */
export function placeAfterFix(button: Element): () => void {
  const field = button.closest('[data-property]')
  if (field !== null) return () => focusField(field)
  const region = button.closest('[data-region]')
  const line = linesIn(region).findIndex((one) => one.parentElement?.contains(button))
  return () => {
    const left = linesIn(region)
    const next = left[Math.max(line, 0)] ?? left.at(-1)
    if (next === undefined) focusRegion('foot')
    else next.focus()
  }
}

function linesIn(region: Element | null): readonly HTMLElement[] {
  return [...(region?.querySelectorAll<HTMLElement>('[data-problem]') ?? [])]
}
