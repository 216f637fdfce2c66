/** What is told of a migration while it runs, and at its end. */
export interface MigrationFigures {
  readonly phase: 'preparing' | 'copying' | 'finishing' | 'done'
  /** Of memory and copied disks together. */
  readonly doneBytes?: number
  readonly totalBytes?: number
  readonly remainingBytes?: number
  readonly memoryRemainingBytes?: number
  readonly diskRemainingBytes?: number
  readonly bytesPerSecond?: number
  /** How fast the guest writes over what was copied. */
  readonly dirtyBytesPerSecond?: number
  /** How often memory was gone through. */
  readonly iteration?: number
  /** For how long the guest would stand still now; at the end: for how long it did. */
  readonly downtimeMs?: number
  /** By how much the guest is slowed down, in percent. */
  readonly throttlePercent?: number
  readonly elapsedMs?: number
  /** Of XBZRLE: its cache, what it sent, and how many pages were not in the cache. */
  readonly compressionCacheBytes?: number
  readonly compressedBytes?: number
  readonly cacheMissPages?: number
  /** For so long nothing has arrived. */
  readonly stalledMs?: number
  readonly canSwitch?: boolean
  /**
   * The hosts do not reach each other, and ending the job now would make the guest stand still until they do: what becomes of it
   * then.
   */
  readonly onceReached?: 'goesOn' | 'ends'
}

/** Memory is written over while it is copied, so that a share of the total would run backwards. */
export function fractionOf({ doneBytes, remainingBytes }: MigrationFigures): number | undefined {
  if (doneBytes === undefined || remainingBytes === undefined || doneBytes + remainingBytes <= 0)
    return undefined
  return doneBytes / (doneBytes + remainingBytes)
}
