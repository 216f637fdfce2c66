/** A picture of bytes red, green, blue, row by row. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly rgb: Buffer
}

/** More than any screen has, and few enough to be held. */
const maxSide = 16_384

/** The binary form of PPM, as QEMU's screendump writes it: P6, width, height, 255, then the pixels. Undefined for all else. */
export function readPpm(bytes: Buffer): Pixels | undefined {
  const head = /^P6\s+(\d{1,5})\s+(\d{1,5})\s+255\s/.exec(bytes.toString('latin1', 0, 64))
  if (!head) return undefined
  const [width, height] = [Number(head[1]), Number(head[2])]
  const rgb = bytes.subarray(head[0].length)
  if (width < 1 || height < 1 || width > maxSide || height > maxSide) return undefined
  return rgb.length < width * height * 3 ? undefined : { width, height, rgb }
}

/** Made smaller by a whole number, so that it is at most so wide; each new pixel is the mean of four of its square. */
export function shrunk({ width, height, rgb }: Pixels, maxWidth: number): Pixels {
  const by = Math.max(1, Math.ceil(width / maxWidth))
  if (by === 1) return { width, height, rgb }
  const [newWidth, newHeight] = [Math.max(1, Math.floor(width / by)), Math.max(1, Math.floor(height / by))]
  const out = Buffer.alloc(newWidth * newHeight * 3)
  const far = Math.floor(by / 2)
  for (let y = 0; y < newHeight; y += 1) {
    const rows = [y * by, Math.min(height - 1, y * by + far)].map((row) => row * width)
    for (let x = 0; x < newWidth; x += 1) {
      const left = x * by
      const right = Math.min(width - 1, left + far)
      for (let colour = 0; colour < 3; colour += 1) {
        let sum = 0
        for (const row of rows) {
          sum += rgb[(row + left) * 3 + colour] ?? 0
          sum += rgb[(row + right) * 3 + colour] ?? 0
        }
        out[(y * newWidth + x) * 3 + colour] = sum >> 2
      }
    }
  }
  return { width: newWidth, height: newHeight, rgb: out }
}
