/** What a note may be tinted with; the editor's theme has the shades. */
export const noteColours = ['yellow', 'green', 'blue', 'violet', 'red', 'grey'] as const

export type NoteColour = (typeof noteColours)[number]
