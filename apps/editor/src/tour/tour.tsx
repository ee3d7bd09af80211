import { Popover } from '@base-ui/react/popover'
import { X } from 'lucide-react'
import { useLayoutEffect, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import popup from '../ui/popup.module.css'
import type { MarkAnchor } from './mark-anchor.ts'
import { marks } from './marks.tsx'
import { tourCommands } from './tour-store.ts'
import styles from './tour.module.css'
import { useReturnFromTour } from './use-return-from-tour.ts'

/** One mark of the tour. It leaves the focus where it is, and goes with Escape or its buttons only. */
export function Tour({ step }: { readonly step: number }) {
  const onFocus = useReturnFromTour()
  const mark = marks[step]
  const [anchor, setAnchor] = useState<ReturnType<MarkAnchor>>()
  useLayoutEffect(() => setAnchor(mark?.anchor()), [mark])
  if (mark === undefined || anchor === undefined) return null
  const isLast = step === marks.length - 1
  return (
    <Popover.Root
      open
      modal={false}
      onOpenChange={(_, { reason }) => reason === 'escape-key' && tourCommands.end()}
    >
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          side={mark.side}
          sideOffset={10}
          collisionPadding={12}
          className={styles.positioner}
        >
          <Popover.Popup
            initialFocus={false}
            onFocus={onFocus}
            className={`${popup.popup} ${styles.mark}`}
            data-region="tour"
          >
            <Popover.Arrow className={styles.arrow} />
            <div role="status">
              <Popover.Title className={styles.title}>{mark.title}</Popover.Title>
              <Popover.Description className={styles.text}>{mark.text}</Popover.Description>
            </div>
            <div className={styles.foot}>
              <span className={styles.count}>
                {step + 1} of {marks.length}
              </span>
              <Button
                variant="primary"
                size="small"
                onClick={() => (isLast ? tourCommands.end() : tourCommands.goTo(step + 1))}
              >
                {isLast ? 'Done' : 'Next'}
              </Button>
            </div>
            <IconButton label="End the tour" className={styles.end} onClick={tourCommands.end}>
              <X size={14} aria-hidden />
            </IconButton>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
