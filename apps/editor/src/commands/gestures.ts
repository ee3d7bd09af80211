import type { CommandGroup } from './command.ts'

/** What is done with the mouse, or with keys that need no command; for the help sheet. */
export interface Gesture {
  readonly label: string
  readonly group: CommandGroup
  /** Written as those of a command: alternatives, or what is held down while the mouse moves. */
  readonly keys?: readonly string[]
  /** What the mouse does. */
  readonly movement?: string
}

/** The gestures of the canvas. What hears them is React Flow, or the component that is touched. */
export const gestures: readonly Gesture[] = [
  { label: 'Add a node there', group: 'Draw', movement: 'Double-click on the canvas' },
  { label: 'Go to the properties', group: 'Draw', movement: 'Double-click on a node, or Enter' },
  { label: 'Rename the node', group: 'Draw', movement: 'Double-click on its title' },
  { label: 'Use a value', group: 'Draw', movement: 'Drag an output onto an input' },
  { label: 'Add what a wire leads to', group: 'Draw', movement: 'Drop the wire on the canvas' },
  { label: 'Put a node into an edge', group: 'Draw', movement: 'Drop the node on the edge' },
  { label: 'Open the menu', group: 'Draw', keys: ['Shift+F10'], movement: 'or right click' },
  { label: 'Select what a box touches', group: 'Edit', movement: 'Drag on the canvas' },
  { label: 'Add to the selection', group: 'Edit', keys: ['Shift'], movement: 'and click' },
  { label: 'Write in a note', group: 'Edit', movement: 'Double-click, or Enter' },
  {
    label: 'Move the selection, with Shift further',
    group: 'Arrange',
    keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
  },
  { label: 'Place freely, off the grid', group: 'Arrange', keys: ['Alt'], movement: 'and drag' },
  { label: 'Give up a drag or a wire', group: 'Arrange', keys: ['Escape'] },
  { label: 'Leave a copy there', group: 'Arrange', keys: ['Ctrl'], movement: 'and drag' },
  { label: 'Move what is in a frame', group: 'Arrange', movement: 'Drag its title' },
  { label: 'Inspect what a node did', group: 'View', movement: 'Double-click on its status' },
  { label: 'Move the view', group: 'View', keys: ['Space'], movement: 'and drag, or wheel' },
  { label: 'Zoom', group: 'View', keys: ['Ctrl'], movement: 'and wheel, or pinch' },
]
