import type { NodeCategory } from '@millrace/flow'
import styles from './chip.module.css'

/** How a reference is shown: whose it is, in which colour, and what it refers to. */
export interface ChipLook {
  /** The title of the node that declares it; `var` for a variable of the flow. */
  readonly title: string
  readonly tone: NodeCategory | 'flow' | 'expression' | 'broken'
  readonly reference: string
  /** What is done to the value, in words. */
  readonly words?: string
}

/** What the buttons of a chip do; one without an action has no button. */
export interface ChipActions {
  readonly onRemove?: () => void
  /** Offered on broken chips; gets the chip's element, to stand a list by it. */
  readonly onFix?: (chip: HTMLElement) => void
  /** A click on the chip itself: how its value is formatted. */
  readonly onFormat?: () => void
}

/**
 * The element of a chip, made without React so that the text editor and the forms show the very same.
 * Its buttons are not in the tab order: Backspace and Delete do the same from the keyboard.
 */
export function chipElement(look: ChipLook, actions: ChipActions): HTMLElement {
  const chip = document.createElement('span')
  chip.className = styles.chip ?? ''
  chip.dataset['tone'] = look.tone
  chip.title = [`${look.title}: ${look.reference}`, look.words].filter(Boolean).join(', ')
  // Where room is short the path stays: it tells references to one variable apart.
  const variable = /^\w*/.exec(look.reference)?.[0] ?? ''
  chip.append(part('origin', look.title), part('variable', variable))
  if (variable !== look.reference) {
    chip.append(part('path', look.reference.slice(variable.length)))
  }
  if (look.words !== undefined) chip.append(part('words', look.words))
  if (actions.onFormat !== undefined && look.tone !== 'broken') {
    const { onFormat } = actions
    chip.dataset['opens'] = 'true'
    chip.addEventListener('click', (event) => {
      event.stopPropagation()
      onFormat()
    })
  }
  if (look.tone === 'broken' && actions.onFix !== undefined) {
    const { onFix } = actions
    chip.append(button('fix', 'Fix', look, () => onFix(chip)))
  }
  if (actions.onRemove !== undefined) {
    chip.append(button('remove', '×', look, actions.onRemove))
  }
  return chip
}

function part(name: 'origin' | 'variable' | 'path' | 'words', text: string): HTMLElement {
  const element = document.createElement('span')
  element.className = styles[name] ?? ''
  element.textContent = text
  return element
}

function button(
  name: 'fix' | 'remove',
  text: string,
  look: ChipLook,
  onClick: () => void,
): HTMLElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.tabIndex = -1
  element.className = styles[name] ?? ''
  element.textContent = text
  element.setAttribute('aria-label', name === 'fix' ? 'Fix' : 'Remove')
  element.setAttribute('aria-description', look.reference)
  // The caret stays where it is.
  element.addEventListener('mousedown', (event) => event.preventDefault())
  element.addEventListener('click', (event) => {
    event.stopPropagation()
    onClick()
  })
  return element
}
