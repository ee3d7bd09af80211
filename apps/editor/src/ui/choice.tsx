import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import { useId } from 'react'
import styles from './choice.module.css'

export interface ChoiceProps<Value extends string> {
  readonly label: string
  /** Only screen readers are told it. */
  readonly isLabelHidden?: boolean
  readonly value: Value | undefined
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
}

/** Chooses one of two or three ways, all of them in view. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const labelId = useId()
  return (
    <div className={styles.choice}>
      <span
        id={labelId}
        className={props.isLabelHidden === true ? 'visually-hidden' : styles.label}
      >
        {props.label}
      </span>
      <RadioGroup
        className={styles.group}
        aria-labelledby={labelId}
        value={props.value}
        onValueChange={(value) => props.onChange(value as Value)} // one of the options
      >
        {props.options.map(({ value, label }) => (
          <Radio.Root key={value} value={value} className={styles.option} aria-label={label}>
            {label}
          </Radio.Root>
        ))}
      </RadioGroup>
    </div>
  )
}
