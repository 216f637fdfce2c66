/** One way of looking at a screen under measurement. */
export interface Viewer {
  readonly name: string
  readonly pid: number
  /** When each of so many keys was pressed, one after the other, by the clock of this computer. */
  pressKeys(count: number): Promise<number[]>
  /** How many pictures were on the display so far, where that can be known: it may be fewer than came. */
  shown?(): Promise<number>
  close(): Promise<void>
}

/** Between two keys: long enough for the first to be over, and not in step with pictures. */
export const betweenKeysMs = 37
