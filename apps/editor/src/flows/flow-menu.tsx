import { CodeXml, Copy, Download, ExternalLink, Pencil, Tag, Trash2 } from 'lucide-react'
import type { FlowSummary } from '../api/flow-list-api.ts'
import { apiPath, designerPath, navigate } from '../app/router.ts'
import { MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { attempt, deleteWithUndo, duplicateStoredFlow, exportStoredFlow } from './flow-actions.ts'
import { flowsPageCommands } from './flows-page-store.ts'

/** What can be done with a flow of the list; in its menu, and in its context menu. */
export function FlowMenu({ summary }: { readonly summary: FlowSummary }) {
  const { id, status } = summary
  const isReadable = status === 'flow'
  return (
    <>
      <MenuItem
        icon={<ExternalLink size={16} aria-hidden />}
        onSelect={() => window.open(designerPath(id), '_blank', 'noopener')}
      >
        Open in a new tab
      </MenuItem>
      <MenuItem
        icon={<Pencil size={16} aria-hidden />}
        shortcut="F2"
        isDisabled={!isReadable}
        onSelect={() => flowsPageCommands.startRename(id)}
      >
        Rename
      </MenuItem>
      <MenuItem
        icon={<Tag size={16} aria-hidden />}
        isDisabled={!isReadable}
        onSelect={() => flowsPageCommands.open({ kind: 'tags', flowIds: [id] })}
      >
        Tags…
      </MenuItem>
      <MenuItem
        icon={<CodeXml size={16} aria-hidden />}
        isDisabled={!isReadable}
        onSelect={() => navigate(apiPath(id))}
      >
        API
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<Copy size={16} aria-hidden />}
        isDisabled={status === 'unreadable'}
        onSelect={() => void attempt(async () => void (await duplicateStoredFlow(id)))}
      >
        Duplicate
      </MenuItem>
      <MenuItem
        icon={<Download size={16} aria-hidden />}
        onSelect={() => void attempt(() => exportStoredFlow(id))}
      >
        Export JSON
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<Trash2 size={16} aria-hidden />}
        isDangerous
        shortcut="Delete"
        onSelect={() => void attempt(() => deleteWithUndo([summary]))}
      >
        Delete
      </MenuItem>
    </>
  )
}
