import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import { memo } from 'react'
import { Tooltip } from '../ui/tooltip.tsx'
import type { FieldMode } from './field-mode.ts'
import styles from './mode-switch.module.css'

const faces = {
  literal: { sign: 'Aa', name: 'Literal' },
  reference: { sign: '{x}', name: 'Variable' },
  expression: { sign: 'ƒx', name: 'Expression' },
} as const satisfies Record<FieldMode, { sign: string; name: string }>

export interface ModeSwitchProps {
  readonly modes: readonly FieldMode[]
  readonly mode: FieldMode
  readonly onChange: (mode: FieldMode) => void
  readonly describedBy: string
}

/** Chooses how a field is filled in. */
export const ModeSwitch = memo(function ModeSwitch(props: ModeSwitchProps) {
  const { modes, mode, onChange, describedBy } = props
  return (
    <ToggleGroup
      className={styles.switch}
      aria-label="Given as"
      aria-describedby={describedBy}
      value={[mode]}
      onValueChange={([chosen]: FieldMode[]) => chosen !== undefined && onChange(chosen)}
    >
      {modes.map((one) => (
        <Tooltip key={one} label={faces[one].name} side="top">
          <Toggle
            value={one}
            aria-label={faces[one].name}
            className={styles.mode}
            data-mode={one}
            data-sign={faces[one].sign}
          />
        </Tooltip>
      ))}
    </ToggleGroup>
  )
})
