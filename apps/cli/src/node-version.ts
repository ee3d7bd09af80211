/** Why this Node.js cannot run the command, of versions as `20.1.0`; `undefined` when it can. */
export function refusedNode(version: string, needed: string): string | undefined {
  const [major = 0, minor = 0] = numbersOf(version)
  const [leastMajor = 0, leastMinor = 0] = numbersOf(needed)
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return undefined
  return `Millrace needs Node.js ${leastMajor}.${leastMinor} or newer, and this is ${version}. Install a newer one: https://nodejs.org`
}

function numbersOf(version: string): readonly number[] {
  return version.replace(/^\D+/, '').split('.').map(Number)
}
