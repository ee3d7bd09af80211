import { counted } from '../ui/counted.ts'

/** What *Run* says of pins that the run will have. */
export function pinsLabel(pins: number): string {
  return `with ${counted(pins, 'pin')}`
}
