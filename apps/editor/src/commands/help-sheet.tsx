import { Dialog } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { commandGroups } from './command.ts'
import { commandIds, commandOf } from './commands.ts'
import { gestures } from './gestures.ts'
import styles from './help-sheet.module.css'

const selectIsOpen = ({ opened }: SessionState) => opened?.kind === 'help'

interface Entry {
  readonly label: string
  readonly group: string
  readonly how: string | { readonly keys: readonly string[] }
}

/** All keys and gestures, made from the table that binds them. */
export function HelpSheet() {
  const isOpen = useSession(selectIsOpen)
  return (
    <Dialog
      isOpen={isOpen}
      onClose={sessionCommands.close}
      title="Keyboard and mouse"
      size="large"
      hasControls={false}
    >
      <div className={styles.columns}>
        {commandGroups.map((group) => (
          <section key={group} className={styles.group}>
            <h3>{group}</h3>
            <dl>
              {entries
                .filter((entry) => entry.group === group)
                .map(({ label, how }) => (
                  <div key={label} className={styles.entry}>
                    <dt>{label}</dt>
                    <dd>
                      {typeof how === 'string'
                        ? how
                        : how.keys.map((keys) => <Kbd key={keys} keys={keys} />)}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

const entries: readonly Entry[] = [
  ...commandIds.flatMap((id): readonly Entry[] => {
    const { label, group, keys } = commandOf(id)
    return keys === undefined ? [] : [{ label, group, how: { keys } }]
  }),
  ...gestures,
]
