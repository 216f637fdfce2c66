import type { VmSample } from './stats'

type Sample = Omit<VmSample, 'id'>

/** Read and written together; undefined when neither is told. */
export function diskBytesPerSecond(sample: Sample): number | undefined {
  return sumOf(sample.diskReadBytesPerSecond, sample.diskWriteBytesPerSecond)
}

/** Received and sent together. */
export function netBytesPerSecond(sample: Sample): number | undefined {
  return sumOf(sample.netReceiveBytesPerSecond, sample.netSendBytesPerSecond)
}

function sumOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0)
}
