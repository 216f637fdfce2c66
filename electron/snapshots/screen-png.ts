import type { Screenshot } from '../backends/backend'
import { isPng, toPng } from './png'
import { readPpm, shrunk } from './ppm'

/**
 * Never decoded as a picture here: a bitmap is only copied and made smaller, and a PNG goes to the sandboxed window as it is,
 * if it is not too large. Undefined for anything else.
 */
export async function screenPng(
  { bytes }: Screenshot,
  limits: { readonly maxWidthPx: number; readonly maxPngBytes: number },
): Promise<Buffer | undefined> {
  if (isPng(bytes)) return bytes.length <= limits.maxPngBytes ? bytes : undefined
  const pixels = readPpm(bytes)
  return pixels && toPng(shrunk(pixels, limits.maxWidthPx))
}

export function pngUrl(png: Buffer): string {
  return `data:image/png;base64,${png.toString('base64')}`
}
