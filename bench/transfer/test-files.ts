import { randomFillSync } from 'node:crypto'
import { open } from 'node:fs/promises'

const mib = 1024 * 1024

export interface TestFile {
  readonly name: 'random' | 'sparse'
  readonly path: string
  readonly sizeBytes: number
}

/** All of it data that no layer can make smaller. */
export async function randomFile(path: string, sizeMib: number): Promise<TestFile> {
  const file = await open(path, 'w')
  const block = Buffer.alloc(mib)
  for (let at = 0; at < sizeMib; at += 1) await file.write(randomFillSync(block))
  await file.close()
  return { name: 'random', path, sizeBytes: sizeMib * mib }
}

/** A guest's disk in small: pieces of data far from each other. */
export async function sparseFile(path: string, sizeMib: number, pieces: number): Promise<TestFile> {
  const file = await open(path, 'w')
  const block = Buffer.alloc(mib)
  for (let at = 0; at < pieces; at += 1) {
    await file.write(randomFillSync(block), 0, mib, Math.floor(at * (sizeMib / pieces)) * mib)
  }
  await file.truncate(sizeMib * mib)
  await file.close()
  return { name: 'sparse', path, sizeBytes: sizeMib * mib }
}
