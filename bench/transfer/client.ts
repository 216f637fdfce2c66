/** One way of moving volumes under measurement. Connections are opened before the clock runs, as the app has one. */
export interface TransferClient {
  readonly name: string
  open(): Promise<void>
  upload(path: string, pool: string, volume: string): Promise<void>
  download(pool: string, volume: string, path: string): Promise<void>
  /** The most memory its processes ever had, so far. */
  peakBytes(): Promise<number>
  close(): Promise<void>
}
