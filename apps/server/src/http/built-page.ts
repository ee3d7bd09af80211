import { readFile } from 'node:fs/promises'

/**
 * Reads a page that was built to lie anywhere, for the place where it is served: what it names as
 * `./…` lies beside it below `place`, what it names as `/…` below the base path.
 */
export async function readBuiltPage(
  file: string,
  { basePath, place }: { readonly basePath: string; readonly place: string },
): Promise<string> {
  const text = await readFile(file, 'utf8')
  return text.replaceAll('="/', `="${basePath}/`).replaceAll('="./', `="${basePath}${place}`)
}
