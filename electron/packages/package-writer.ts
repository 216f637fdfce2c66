/** A package of files that is being written to this computer, one file after the other: an archive or a folder. */

export interface WrittenFile {
  readonly name: string
  readonly sizeBytes: number
  readonly sha256: string
}

/** One at a time; the next begins when it was finished. */
export interface FileWriter {
  /** Keeps the bytes until they are written. */
  write(bytes: Uint8Array): Promise<void>
  /** Zeros that take no room on the disk. */
  hole(lengthBytes: number): Promise<void>
  finish(): Promise<WrittenFile>
}

export interface PackageWriter {
  /** A file that has to be before others although it speaks of them: so much room is kept for it. */
  reserve(name: string, sizeBytes: number): Promise<ReservedFile>
  begin(name: string): Promise<FileWriter>
  /** It is there under its name, or not at all. */
  finish(): Promise<void>
  /** Never throws; false when what there is of it could not be removed. */
  discard(): Promise<boolean>
  /** What it is called until it is finished. */
  readonly partName: string
}

export interface ReservedFile {
  /** Exactly as many as were reserved. */
  fill(bytes: Buffer): Promise<WrittenFile>
}
