import { ClipboardPaste, MessageSquare, Plus } from 'lucide-react'
import { keysOf, runCommand } from '../commands/commands.ts'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { canvasCommands } from './canvas-commands.ts'
import styles from './empty-canvas.module.css'

/** What an empty canvas offers. */
export function EmptyCanvas() {
  return (
    <div className={styles.place}>
      <section className={styles.card} aria-label="Empty flow">
        <h2>Draw your flow</h2>
        <p>
          A flow starts with a trigger. What follows it runs from left to right, and what a model
          streams can be sent on piece by piece.
        </p>
        <div className={styles.actions}>
          <Button
            variant="primary"
            size="large"
            icon={<MessageSquare size={16} aria-hidden />}
            onClick={startFromTrigger}
          >
            Start from chat trigger
          </Button>
          <Button
            size="large"
            icon={<Plus size={16} aria-hidden />}
            onClick={() => runCommand('add')}
          >
            Add node <Kbd keys={keysOf('add') ?? ''} />
          </Button>
          <Button
            size="large"
            variant="quiet"
            icon={<ClipboardPaste size={16} aria-hidden />}
            onClick={() => runCommand('paste')}
          >
            Paste JSON
          </Button>
        </div>
      </section>
    </div>
  )
}

function startFromTrigger(): void {
  const trigger = registry.nodes.get('chat.trigger')
  // Left of the middle: the flow grows to the right of it.
  if (trigger !== undefined) canvasCommands.add(trigger, { position: [120, 200] })
}
