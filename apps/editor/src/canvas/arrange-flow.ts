import { documentCommands, useDocument } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { useCanvas } from './canvas-store.ts'
import { currentViewport } from './current-viewport.ts'
import { glide } from './glide.ts'
import { applyBoxes } from './layout/apply-boxes.ts'
import { selectedItemIds } from './note-commands.ts'
import { itemBoxesOf } from './notes.ts'
import type { Box, Point } from './placement.ts'
import { viewMotion } from './react-flow/view-motion.ts'
import { toast } from '../ui/toast.ts'

const toastId = 'arrange'
/** What takes longer than this, in ms, says how far it is and can be cancelled. */
const quick = 400

let running: AbortController | undefined

/** Lays out the selection, or the whole flow when at most one thing is selected, as one undo step. */
export async function arrangeFlow(): Promise<void> {
  running?.abort()
  const own = new AbortController()
  running = own
  const selected = selectedItemIds()
  const { flow } = useDocument.getState()
  const progress = tellProgress(own)
  try {
    const { arrangeInWorker } = await import('./layout/arrange-in-worker.ts')
    const boxes = await arrangeInWorker(
      {
        flow,
        registry,
        expanded: useCanvas.getState().expanded,
        ...(selected.length > 1 ? { itemIds: new Set(selected) } : {}),
        onProgress: progress.update,
      },
      own.signal,
    )
    if (own.signal.aborted) return
    progress.end()
    if (useDocument.getState().flow === flow) put(boxes, selected)
    else toast.info('The flow was changed meanwhile. Arrange it again.', { id: toastId })
  } catch (thrown) {
    if (own.signal.aborted) return
    progress.end()
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    toast.error(`The flow could not be arranged: ${reason}`, {
      id: toastId,
      action: { label: 'Try again', onClick: () => void arrangeFlow() },
    })
  }
}

function put(boxes: ReadonlyMap<string, Box>, selected: readonly string[]): void {
  const before = itemBoxesOf(useDocument.getState().flow, registry, useCanvas.getState().expanded)
  const changed = new Map([...boxes].filter(([id, box]) => !isSame(before.get(id), box)))
  if (changed.size === 0) {
    toast.info('Everything is in its place already.', { id: toastId })
    return
  }
  documentCommands.edit('Arrange', (flow) => applyBoxes(flow, changed))
  const { duration } = viewMotion()
  glide(cornersOf(before, changed), cornersOf(boxes, changed), duration)
  currentViewport()?.show(selected.length > 1 ? selected : undefined)
}

/** A notice that comes only when it takes a while. */
function tellProgress(own: AbortController) {
  let text = 'Arranging the flow…'
  let isShown = false
  const show = () => {
    isShown = true
    toast.loading(text, {
      id: toastId,
      action: {
        label: 'Cancel',
        onClick: () => own.abort(),
      },
    })
  }
  const timer = setTimeout(show, quick)
  const end = () => {
    clearTimeout(timer)
    if (isShown) toast.dismiss(toastId)
  }
  own.signal.addEventListener('abort', end, { once: true })
  return {
    update(done: number, of: number): void {
      if (of > 1) text = `Arranging the flow… ${done} of ${of} parts`
      if (isShown) show()
    },
    end,
  }
}

function cornersOf(
  boxes: ReadonlyMap<string, Box>,
  of: ReadonlyMap<string, Box>,
): ReadonlyMap<string, Point> {
  return new Map(
    [...of.keys()].flatMap((id) => {
      const box = boxes.get(id)
      return box === undefined ? [] : [[id, [box.x, box.y] as const] as const]
    }),
  )
}

function isSame(left: Box | undefined, right: Box): boolean {
  return (
    left !== undefined &&
    left.x === right.x &&
    left.y === right.y &&
    left.width === right.width &&
    left.height === right.height
  )
}
