import { expect, it } from 'vitest'
import { boxOfLine, pointsOfLine, type DrawnLine } from './line-points.ts'

/** A line from the origin to the right, which counts how often it is walked along. */
function drawnLine(width: number) {
  const line = { width, walks: 0 }
  const drawn: DrawnLine = {
    getAttribute: () => `M0 0h${line.width}`,
    getBBox: () => ({ x: 0, y: 0, width: line.width, height: 0 }) as DOMRect, // its box is all of it that is read
    getTotalLength() {
      line.walks += 1
      return line.width
    },
    getPointAtLength: (length: number) => ({ x: length, y: 0 }) as DOMPoint, // as is its place
  }
  return { line, drawn }
}

it('gives points along a line that are near to each other', () => {
  const { drawn } = drawnLine(20)
  expect(pointsOfLine(drawn).map(([x]) => Math.round(x))).toEqual([0, 7, 13, 20])
})

it('walks once along a line that stays as it is', () => {
  const { line, drawn } = drawnLine(20)
  pointsOfLine(drawn)
  pointsOfLine(drawn)
  expect(line.walks).toBe(1)
})

it('measures again a line that was moved', () => {
  const { line, drawn } = drawnLine(20)
  pointsOfLine(drawn)
  line.width = 40
  expect(boxOfLine(drawn).width).toBe(40)
  expect(pointsOfLine(drawn).at(-1)).toEqual([40, 0])
})
