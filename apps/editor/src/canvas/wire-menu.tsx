import { Menu as Base } from '@base-ui/react/menu'
import { useDocument } from '../document/document-store.ts'
import { MenuItem } from '../ui/menu.tsx'
import popup from '../ui/popup.module.css'
import { canvasCommands, withoutEdges } from './canvas-commands.ts'
import { canvasState, useCanvas, type WireMenu as WireMenuState } from './canvas-store.ts'
import type { WireChoice } from './wire-choice.ts'
import styles from './wire-menu.module.css'

/** At the pointer: the ways in which a wire that was dropped can be taken, each with a preview. */
export function WireMenu() {
  const menu = useCanvas((canvas) => canvas.wireMenu)
  return menu === undefined ? null : <OpenMenu menu={menu} />
}

function OpenMenu({ menu }: { readonly menu: WireMenuState }) {
  const [x, y] = menu.point
  const anchor = { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) }

  function show({ apply }: WireChoice): void {
    const { flow } = useDocument.getState()
    const { edgeId } = menu
    canvasState.showPreview(
      apply(edgeId === undefined ? flow : withoutEdges(flow, new Set([edgeId]))),
    )
  }

  return (
    <Base.Root open modal={false} onOpenChange={(isOpen) => !isOpen && close()}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} align="start" sideOffset={6} className={popup.positioner}>
          <Base.Popup className={`${popup.popup} ${styles.menu}`} aria-label="Draw the wire">
            {menu.choices.map((choice) => (
              <MenuItem
                key={choice.label}
                hint={choice.hint}
                onHighlight={() => show(choice)}
                onSelect={() => {
                  close()
                  canvasCommands.take(choice, menu.edgeId)
                }}
              >
                {choice.label}
              </MenuItem>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function close(): void {
  canvasState.openWireMenu(undefined)
}
