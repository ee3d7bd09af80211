import type { Flow } from '@millrace/flow'
import { Copy, Download, Ellipsis, FileInput, Keyboard, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { exportFlow } from '../flows/export-flow.ts'
import { attempt, deleteWithUndo, duplicateStoredFlow } from '../flows/flow-actions.ts'
import { LazyImportDialog } from '../import/lazy-import-dialog.tsx'
import { drafts, saver } from '../saving/saving.ts'
import { sessionCommands } from '../session/session-store.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { designerPath, navigate } from './router.ts'

/** What can be done with the open flow as a whole. */
export function DesignerMenu() {
  const [isImporting, setIsImporting] = useState(false)
  return (
    <>
      <Menu
        trigger={
          <IconButton label="More">
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem
          icon={<Download size={16} aria-hidden />}
          onSelect={() => exportFlow(useDocument.getState().flow)}
        >
          Export JSON
        </MenuItem>
        <MenuItem icon={<FileInput size={16} aria-hidden />} onSelect={() => setIsImporting(true)}>
          Import…
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          icon={<Copy size={16} aria-hidden />}
          onSelect={() => void attempt(duplicateOpenFlow)}
        >
          Duplicate
        </MenuItem>
        <MenuItem
          icon={<Trash2 size={16} aria-hidden />}
          isDangerous
          onSelect={() => void attempt(deleteOpenFlow)}
        >
          Delete
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          icon={<Keyboard size={16} aria-hidden />}
          shortcut="?"
          onSelect={() => sessionCommands.setHelpOpen(true)}
        >
          Keyboard shortcuts
        </MenuItem>
      </Menu>
      {isImporting && (
        <LazyImportDialog
          texts={[]}
          onClose={() => setIsImporting(false)}
          onReplace={(flow) => {
            replaceContent(flow)
            setIsImporting(false)
          }}
        />
      )}
    </>
  )
}

function replaceContent(imported: Flow): void {
  documentCommands.edit('Import', ({ id }) => ({ ...imported, id }))
  toast.success('The flow is replaced.', {
    action: { label: 'Undo', onClick: () => documentCommands.undo() },
  })
}

async function duplicateOpenFlow(): Promise<void> {
  // What was typed last is part of the copy.
  await saver.save()
  navigate(designerPath(await duplicateStoredFlow(useDocument.getState().flow.id)))
}

async function deleteOpenFlow(): Promise<void> {
  // What was typed last belongs to what Undo brings back.
  await saver.save()
  const { flow } = useDocument.getState()
  await deleteWithUndo([flow])
  documentCommands.open(flow, undefined)
  drafts.discard(flow.id)
  navigate('/')
}
