import { ClipboardPaste, MessageSquare, Plus } from 'lucide-react'
import { keysOf, runCommand } from '../commands/commands.ts'
import { registry } from '../registry.ts'
import { LazyTemplateStrip } from '../templates/lazy-template-strip.tsx'
import { Button } from '../ui/button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { canvasCommands } from './canvas-commands.ts'
import styles from './empty-canvas.module.css'
import { NodeIcon } from './node-icon.tsx'
import { takeTemplate } from './take-template.ts'

/** The trigger that most flows start with, which has the button that is not to be missed. */
const chatTrigger = 'chat.trigger'

/** What an empty canvas offers. */
export function EmptyCanvas() {
  const otherTriggers = [...registry.nodes.values()].filter(
    ({ kind, type }) => kind === 'trigger' && type !== chatTrigger,
  )
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
            icon={<MessageSquare size={16} aria-hidden />}
            onClick={() => startFrom(chatTrigger)}
          >
            Start from chat trigger
          </Button>
          {otherTriggers.map((definition) => (
            <Button
              key={definition.type}
              icon={<NodeIcon definition={definition} />}
              onClick={() => startFrom(definition.type)}
            >
              {definition.title}
            </Button>
          ))}
          <Button icon={<Plus size={16} aria-hidden />} onClick={() => runCommand('add')}>
            Add node <Kbd keys={keysOf('add') ?? ''} />
          </Button>
          <Button
            variant="quiet"
            icon={<ClipboardPaste size={16} aria-hidden />}
            onClick={() => runCommand('paste')}
          >
            Paste JSON
          </Button>
        </div>
        <h3>Or from a template</h3>
        <LazyTemplateStrip onTake={takeTemplate} />
      </section>
    </div>
  )
}

function startFrom(type: string): void {
  const trigger = registry.nodes.get(type)
  // Left of the middle: the flow grows to the right of it.
  if (trigger !== undefined) canvasCommands.add(trigger, { position: [120, 200] })
}
