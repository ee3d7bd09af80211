import { tagKey, tidyTag } from '@millrace/flow'
import { Pencil, Tags, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { knownTags, type KnownTag } from '../tags/known-tags.ts'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { TextField } from '../ui/text-field.tsx'
import styles from './all-tags-dialog.module.css'
import { attempt, replaceTag } from './flow-actions.ts'
import { useFlowList } from './flow-list.ts'
import { toast } from '../ui/toast.ts'

/** Renames and deletes tags in every flow that has them. */
export function AllTagsDialog({ onClose }: { readonly onClose: () => void }) {
  const flows = useFlowList((state) => state.flows)
  const [editing, setEditing] = useState<{ readonly tag: string; readonly text: string }>()
  const [busyTag, setBusyTag] = useState<string>()
  const known = knownTags(flows)

  async function replace({ tag, count }: KnownTag, wanted: string | undefined): Promise<void> {
    setEditing(undefined)
    const replacement = wanted === undefined ? undefined : tidyTag(wanted)
    if (replacement === '' || replacement === tag) return
    setBusyTag(tag)
    await attempt(async () => {
      await replaceTag(flows, tag, replacement)
      const what = replacement === undefined ? 'is gone from' : `is “${replacement}” in`
      toast.success(`“${tag}” ${what} ${counted(count, 'flow')}.`)
    })
    setBusyTag(undefined)
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title="All tags"
      description="A new name that another tag has already makes the two one."
      footer={<Button onClick={onClose}>Done</Button>}
    >
      {known.length === 0 && (
        <EmptyState icon={<Tags size={20} aria-hidden />} title="No flow has a tag" />
      )}
      <ul className={styles.list}>
        {known.map((one) => (
          <li key={tagKey(one.tag)} aria-busy={busyTag === one.tag || undefined}>
            {editing?.tag === one.tag ? (
              <form
                className={styles.form}
                onSubmit={(event) => {
                  event.preventDefault()
                  void replace(one, editing.text)
                }}
              >
                <TextField
                  aria-label={`New name of ${one.tag}`}
                  value={editing.text}
                  autoFocus
                  onChange={(text) => setEditing({ tag: one.tag, text })}
                />
                <Button type="submit">Rename</Button>
              </form>
            ) : (
              <>
                <span className={styles.name}>{one.tag}</span>
                <span className={styles.count}>{counted(one.count, 'flow')}</span>
                <IconButton
                  label={`Rename ${one.tag}`}
                  disabled={busyTag !== undefined}
                  onClick={() => setEditing({ tag: one.tag, text: one.tag })}
                >
                  <Pencil size={15} aria-hidden />
                </IconButton>
                <IconButton
                  label={`Delete ${one.tag}`}
                  disabled={busyTag !== undefined}
                  onClick={() => void replace(one, undefined)}
                >
                  <Trash2 size={15} aria-hidden />
                </IconButton>
              </>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
