import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  Spline,
  Workflow,
  type LucideIcon,
} from 'lucide-react'
import { alignBoxes, distributeBoxes, type Alignment } from '../canvas/align.ts'
import { arrangeFlow } from '../canvas/arrange-flow.ts'
import { arrangeCommands } from '../canvas/arrange-commands.ts'
import { straightened } from '../canvas/straighten.ts'
import { countSelected } from './command-context.ts'
import type { Command } from './command.ts'

/** What brings nodes and notes into order. */
export const alignCommands = {
  arrange: {
    label: 'Arrange the flow',
    group: 'Arrange',
    keys: ['Shift+L'],
    icon: Workflow,
    menus: ['canvas', 'nodes'],
    words: 'auto layout tidy clean up order',
    labelNow: (context) =>
      countSelected(context) > 1 ? 'Arrange the selection' : 'Arrange the flow',
    whyNot: ({ document }) => (document.flow.nodes.length === 0 ? 'Add nodes first.' : undefined),
    run: () => void arrangeFlow(),
  },
  alignLeft: aligning('left', AlignStartVertical),
  alignCentre: aligning('centre', AlignCenterVertical),
  alignRight: aligning('right', AlignEndVertical),
  alignTop: aligning('top', AlignStartHorizontal),
  alignMiddle: aligning('middle', AlignCenterHorizontal),
  alignBottom: aligning('bottom', AlignEndHorizontal),
  distributeAcross: {
    label: 'Distribute across',
    group: 'Arrange',
    icon: AlignHorizontalDistributeCenter,
    words: 'equal gaps space horizontally',
    whyNot: whyNotSelected(3),
    run: () => arrangeCommands.place('Distribute', ({ boxes }) => distributeBoxes(boxes, 'across')),
  },
  distributeDown: {
    label: 'Distribute downwards',
    group: 'Arrange',
    icon: AlignVerticalDistributeCenter,
    words: 'equal gaps space vertically',
    whyNot: whyNotSelected(3),
    run: () => arrangeCommands.place('Distribute', ({ boxes }) => distributeBoxes(boxes, 'down')),
  },
  straighten: {
    label: 'Straighten the edges',
    group: 'Arrange',
    icon: Spline,
    menus: ['nodes'],
    words: 'align wires chain level',
    whyNot: whyNotSelected(2),
    run: () =>
      arrangeCommands.place('Straighten', ({ flow, registry, boxes }) =>
        straightened(flow, registry, boxes),
      ),
  },
} as const satisfies Readonly<Record<string, Command>>

function aligning(alignment: Alignment, icon: LucideIcon) {
  return {
    label: `Align ${alignment}`,
    group: 'Arrange',
    icon,
    words: 'line up edges center',
    whyNot: whyNotSelected(2),
    run: () => arrangeCommands.place('Align', ({ boxes }) => alignBoxes(boxes, alignment)),
  } as const satisfies Command
}

function whyNotSelected(count: 2 | 3): NonNullable<Command['whyNot']> {
  const words = { 2: 'two', 3: 'three' }
  return (context) =>
    countSelected(context) < count ? `Select ${words[count]} nodes or notes first.` : undefined
}
