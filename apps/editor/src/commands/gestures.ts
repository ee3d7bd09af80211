import type { CommandGroup } from './command.ts'

/** What is done with the mouse, or with keys that need no command; for the help sheet. */
interface Gesture {
  readonly label: string
  readonly group: CommandGroup
  /** How it is done: a movement in words, or keys written as those of a command. */
  readonly how: string | { readonly keys: readonly string[] }
}

/** The gestures of the canvas. What hears them is React Flow, or the component that is touched. */
export const gestures: readonly Gesture[] = [
  { label: 'Add a node there', group: 'Draw', how: 'Double-click on empty canvas' },
  { label: 'Go to the properties', group: 'Draw', how: 'Double-click on a node' },
  { label: 'Choose the node a wire leads to', group: 'Draw', how: 'Drop the wire on empty canvas' },
  { label: 'Put a node into an edge', group: 'Draw', how: 'Drop the node on the edge' },
  { label: 'Open the menu', group: 'Draw', how: { keys: ['Shift+F10'] } },
  { label: 'Select what is in a frame', group: 'Edit', how: 'Drag on empty canvas' },
  { label: 'Add to the selection', group: 'Edit', how: 'Shift or Ctrl, and click' },
  {
    label: 'Move the selection, with Shift further',
    group: 'Arrange',
    how: { keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] },
  },
  { label: 'Move the view', group: 'View', how: 'Space or middle button, and drag' },
  { label: 'Scroll the view', group: 'View', how: 'Wheel, or two fingers' },
  { label: 'Zoom', group: 'View', how: 'Ctrl and wheel, or pinch' },
]
