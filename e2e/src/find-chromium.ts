import { existsSync } from 'node:fs'

const usualPlaces = [
  // The same browser without its own windows, which takes a quarter less of the time.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The browser of the journeys: `CHROMIUM_PATH` when it is set, else one in a usual place. */
export function findChromium(): string | undefined {
  return [process.env['CHROMIUM_PATH'], ...usualPlaces].find((path) => path && existsSync(path))
}
