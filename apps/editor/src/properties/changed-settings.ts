import type { FlowSettings } from '@millrace/flow'

type KeepRuns = Required<FlowSettings>['keepRuns']

/** Some of a flow's settings anew; `undefined` takes one back to what counts without it. */
export type SettingsChange = {
  readonly [K in Exclude<keyof FlowSettings, 'keepRuns'>]?: FlowSettings[K] | undefined
} & {
  readonly keepRuns?: { readonly [K in keyof KeepRuns]?: KeepRuns[K] | undefined }
}

/** The settings of a flow after a change; what counts without it is left out. */
export function changedSettings(
  settings: FlowSettings | undefined,
  change: SettingsChange,
): FlowSettings {
  const { keepRuns, ...others } = change
  const kept = withoutEmpty({ ...settings?.keepRuns, ...keepRuns })
  const { keepRuns: _, ...before } = settings ?? {}
  const changed = withoutEmpty({ ...before, ...others })
  return { ...changed, ...(Object.keys(kept).length === 0 ? {} : { keepRuns: kept }) }
}

type WithoutEmpty<Fields> = { [K in keyof Fields]?: Exclude<Fields[K], undefined> }

function withoutEmpty<Fields extends object>(fields: Fields): WithoutEmpty<Fields> {
  // What is left of the fields is the fields.
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as WithoutEmpty<Fields>
}
