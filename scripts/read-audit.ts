interface Advisory {
  readonly module_name: string
  readonly severity: string
  readonly title: string
  readonly url: string
  readonly findings: readonly { readonly version: string; readonly paths: readonly string[] }[]
}

/**
 * What `pnpm audit --json` found, a line each; `undefined` when it is no answer. What is accepted is
 * left out by pnpm itself, as `auditConfig` in pnpm-workspace.yaml says.
 */
export function readAudit(output: string): readonly string[] | undefined {
  const advisories = advisoriesIn(output)
  return advisories?.map(({ module_name: name, severity, title, url, findings }) => {
    const found = findings.map(({ version, paths }) => `${version} by ${paths[0] ?? 'nobody'}`)
    return `- ${name}: ${title} (${severity}) ${url}\n  ${found.join(', ')}`
  })
}

function advisoriesIn(output: string): readonly Advisory[] | undefined {
  try {
    // As pnpm writes it, which checks what the registry says.
    const { advisories } = JSON.parse(output) as { advisories?: Record<string, Advisory> }
    return advisories === undefined ? undefined : Object.values(advisories)
  } catch {
    return undefined
  }
}
