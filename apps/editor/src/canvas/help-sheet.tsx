import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'
import styles from './help-sheet.module.css'
import { shortcuts, type Shortcut } from './shortcuts.ts'

const selectIsOpen = (session: SessionState) => session.isHelpOpen

const gestures = [
  ['Space or middle button, and drag', 'Move the view'],
  ['Wheel, or two fingers', 'Move the view'],
  ['Ctrl and wheel', 'Zoom'],
  ['Drag on empty canvas', 'Select what is in the frame'],
  ['Double-click on empty canvas', 'Add a node there'],
  ['Double-click on a node', 'Go to its properties'],
  ['Drop a wire on empty canvas', 'Choose the node it leads to'],
] as const

/** All shortcuts, made from the table that binds them. */
export function HelpSheet() {
  const isOpen = useSession(selectIsOpen)
  const all: readonly Shortcut[] = Object.values(shortcuts)
  const groups = Map.groupBy(all, ({ group }) => group)
  return (
    <Dialog
      isOpen={isOpen}
      onClose={() => sessionCommands.setHelpOpen(false)}
      title="Keyboard and mouse"
      size="large"
      hasControls={false}
    >
      <div className={styles.columns}>
        {[...groups].map(([title, entries]) => (
          <section key={title} className={styles.group}>
            <h3>{title}</h3>
            <dl>
              {entries.map(({ label, keys }) => (
                <div key={label} className={styles.entry}>
                  <dt>{label}</dt>
                  <dd>
                    {keys.map((key) => (
                      <Kbd key={key} keys={key} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section className={styles.group}>
          <h3>Mouse</h3>
          <dl>
            {gestures.map(([gesture, meaning]) => (
              <div key={gesture} className={styles.entry}>
                <dt>{meaning}</dt>
                <dd>{gesture}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  )
}
