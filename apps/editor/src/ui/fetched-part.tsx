import { useEffect, useState, type ComponentType } from 'react'
import { toast } from './toast.ts'

type Load<Props> = () => Promise<{ readonly default: ComponentType<Props> }>

interface FetchedPartProps<Props> {
  /** What is fetched, as in "The command palette". */
  readonly name: string
  /** A constant of its module: what was fetched once is known by it. */
  readonly load: Load<Props>
  readonly props: Props
  /** Nothing is shown: what opened it takes it back. */
  readonly onFailed?: () => void
}

const fetched = new WeakMap<object, unknown>()

/**
 * What floats over the page and is fetched when it is wanted. Where that fails it is told, and the
 * page stays; `lazy` would take down all of it, and remember the failure.
 */
export function FetchedPart<Props extends object>(parts: FetchedPartProps<Props>) {
  const { name, load, props, onFailed } = parts
  const [Part, setPart] = useState(
    () => fetched.get(load) as ComponentType<Props> | undefined, // put there below, by the same `load`
  )
  useEffect(() => {
    let isWanted = true
    load().then(
      (module) => {
        fetched.set(load, module.default)
        if (isWanted) setPart(() => module.default)
      },
      () => {
        if (!isWanted) return
        toast.warning(
          `${name} cannot be shown: it could not be fetched. Try again in a moment.`,
          // Some browsers remember what failed as long as the page is there.
          { id: name, action: { label: 'Reload', onClick: () => location.reload() } },
        )
        onFailed?.()
      },
    )
    return () => {
      isWanted = false
    }
  }, [load, name, onFailed])
  return Part === undefined ? null : <Part {...props} />
}
